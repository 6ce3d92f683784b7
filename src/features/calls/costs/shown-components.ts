import type { Viewer } from "../../../auth/viewer.js";
import { shownCost } from "../../budgets/shown-cost.js";
import type { LlmCallAttempt } from "../log/call-row.js";
import { componentsOfRow } from "../log/stored-components.js";
import type { CostComponent } from "./cost-component.type.js";

type Priced = Pick<LlmCallAttempt, "costSource" | "costComponents"> & { readonly markupMillionths: number };

/** What the cost of an attempt consists of, as the viewer sees it. Empty if nothing was priced, or if nobody knows. */
export function shownComponents(viewer: Pick<Viewer, "kind">, attempt: Priced): CostComponent[] {
  const { costSource, costComponents, markupMillionths } = attempt;
  const shown = (amount: bigint | null) => (amount === null ? null : shownCost(viewer, amount, markupMillionths));
  return componentsOfRow(costComponents).map(({ component, tokens, nanoUsdPerMillionTokens, costNanoUsd }) => ({
    component,
    tokens,
    usdPerMillionTokens: shown(nanoUsdPerMillionTokens),
    costUsd: shown(costNanoUsd),
    source: costNanoUsd === null ? "UNPRICED" : (costSource ?? "UNPRICED"),
  }));
}

import type { Viewer } from "../../auth/viewer.js";
import { formatUsd, formatWithMarkup } from "../../lib/money.js";

/**
 * A cost as the viewer sees it, as an exact decimal in USD. The admin sees what it really was, and everybody else what it
 * is with the team's markup.
 */
export function shownCost(viewer: Pick<Viewer, "kind">, costNanoUsd: bigint, markupMillionths: number): string {
  return viewer.kind === "admin" ? formatUsd(costNanoUsd) : formatWithMarkup(costNanoUsd, markupMillionths);
}

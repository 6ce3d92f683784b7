import { COMPONENTS, type CostComponent } from "../../../upstream/pricing/cost-components.js";
import type { LlmCallAttempt } from "./call-row.js";

/** A component as a row has it: its name, its tokens, its price and its cost. All figures are below 2^53. */
type Stored = [component: CostComponent["component"], tokens: number | null, price: number | null, cost: number | null];

const numberOf = (amount: bigint | null): number | null => (amount === null ? null : Number(amount));
const amountOf = (number: number | null): bigint | null => (number === null ? null : BigInt(number));

export const storedComponents = (components: readonly CostComponent[]): Stored[] =>
  components.map(({ component, tokens, nanoUsdPerMillionTokens, costNanoUsd }) => [
    component,
    tokens,
    numberOf(nanoUsdPerMillionTokens),
    numberOf(costNanoUsd),
  ]);

/** The components of a row. One that a newer version of the gateway knows, and this one does not, is left out. */
export const componentsOfRow = (stored: LlmCallAttempt["costComponents"]): CostComponent[] =>
  (stored as unknown as Stored[])
    .filter(([component]) => COMPONENTS.includes(component))
    .map(([component, tokens, price, cost]) => ({
      component,
      tokens,
      nanoUsdPerMillionTokens: amountOf(price),
      costNanoUsd: amountOf(cost),
    }));

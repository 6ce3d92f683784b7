import type { Budget } from "../../auth/budget.js";
import { DomainError } from "../../lib/errors.js";
import { priceAnswer } from "../../upstream/pricing/prices.js";
import { pricedAs } from "./plan.js";
import type { PlanWithRules } from "./plan-lookup.js";

/** Plans whose models all have a price in the public table, or by the admin. */
const PRICED = new WeakSet<PlanWithRules>();

/** Whether all models of a plan are known to have a price, without a look at the public table. */
export const isKnownToBePriced = (planned: PlanWithRules): boolean =>
  PRICED.has(planned) || planned.plan.every(({ price }) => price !== undefined);

/**
 * Returns if all models of a plan have a price, and remembers it. Otherwise throws BUDGET_EXCEEDED, which names the first
 * that has none: what it costs could not be counted against `budget`.
 */
export async function requirePrices(planned: PlanWithRules, budget: Budget): Promise<void> {
  for (const model of planned.plan) {
    const { name } = model;
    const usage = { promptTokens: 1, completionTokens: 1 };
    const { source } = await priceAnswer({ ...pricedAs(model), usage, upstreamCostNanoUsd: undefined });
    if (source === "UNPRICED")
      throw new DomainError(
        "BUDGET_EXCEEDED",
        `The model "${name}" has no price, so its cost cannot be counted against a budget in USD. Give it one with setModelPrice(input: { model: "${name}", ... }).`,
        { budget, model: name },
      );
  }
  PRICED.add(planned);
}

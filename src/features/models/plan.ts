import type { AdminPrice } from "../../upstream/pricing/admin-price.js";
import type { Answered } from "../../upstream/pricing/prices.js";
import type { ModelAt } from "../../upstream/upstream.js";

/** A model that a call may try. */
export interface PlannedModel {
  /** As the group lists it. */
  readonly name: string;
  readonly priority: number;
  /** Its weight among the models of its priority. Null if these are tried as listed. */
  readonly weight: number | null;
  /** The admin's price; undefined if there is none. */
  readonly price: AdminPrice | undefined;
  readonly at: ModelAt;
}

/** The models of a call in the order of trial. Never empty. */
export type Plan = readonly [PlannedModel, ...PlannedModel[]];

interface Candidate extends PlannedModel {
  readonly position: number;
}

/**
 * Puts models in order: by priority, then as listed. If a model of a priority has a weight, those of it that have none
 * weigh 1. Returns null if there is no model.
 */
export function planOf(models: readonly Candidate[]): Plan | null {
  const weighted = new Set(models.filter(({ weight }) => weight !== null).map(({ priority }) => priority));
  const [first, ...rest] = [...models]
    .sort((a, b) => a.priority - b.priority || a.position - b.position)
    .map(({ name, priority, weight, price, at }) => ({
      name,
      priority,
      weight: weighted.has(priority) ? (weight ?? 1) : null,
      price,
      at,
    }));
  return first ? [first, ...rest] : null;
}

/**
 * Draws the order of one call. Where models of one priority have weights, the first is drawn by weight, the next by weight
 * from those that are left, and so on. All others stay as they are. `random` is from 0 to 1, 1 excluded.
 */
export function drawPlan(plan: Plan, random: () => number): Plan {
  if (plan.every(({ weight }) => weight === null)) return plan;
  // The largest of random^(1/weight) is each model's with a chance in proportion to its weight, and so is the next.
  const drawn = plan.map((model, index) => ({
    model,
    index,
    luck: model.weight === null ? 0 : Math.log(1 - random()) / model.weight,
  }));
  drawn.sort((a, b) => a.model.priority - b.model.priority || b.luck - a.luck || a.index - b.index);
  const [first = plan[0], ...rest] = drawn.map(({ model }) => model);
  return [first, ...rest];
}

/** What a model's answers are priced by: the admin's price for the listed name, and the upstream's own name of it. */
export const pricedAs = ({ at, price }: PlannedModel): Pick<Answered, "model" | "providerId" | "adminPrice"> => ({
  model: at.model,
  providerId: at.upstream.priceProvider,
  adminPrice: price,
});

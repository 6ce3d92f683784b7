import type { AdminPrice } from "../../upstream/pricing/prices.js";

/** A model that a call may try. */
export interface PlannedModel {
  readonly name: string;
  /** The admin's price; undefined if there is none. */
  readonly price: AdminPrice | undefined;
}

/** The models of a call in the order of trial. Never empty. */
export type Plan = readonly [PlannedModel, ...PlannedModel[]];

interface Candidate {
  readonly name: string;
  readonly priority: number;
  readonly position: number;
  readonly price?: AdminPrice | undefined;
}

/** Puts models in the order of trial: by priority, then as listed. Returns null if there is no model. */
export function planOf(models: readonly Candidate[]): Plan | null {
  const [first, ...rest] = [...models]
    .sort((a, b) => a.priority - b.priority || a.position - b.position)
    .map(({ name, price }) => ({ name, price }));
  return first ? [first, ...rest] : null;
}

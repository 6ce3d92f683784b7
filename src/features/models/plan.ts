/** A model that a call may try. */
export interface PlannedModel {
  readonly name: string;
}

/** The models of a call in the order of trial. Never empty. */
export type Plan = readonly [PlannedModel, ...PlannedModel[]];

/** The order of trial: by priority, then as listed. Null where the group has no model. */
export function planOf(models: readonly { name: string; priority: number; position: number }[]): Plan | null {
  const [first, ...rest] = [...models]
    .sort((a, b) => a.priority - b.priority || a.position - b.position)
    .map(({ name }) => ({ name }));
  return first ? [first, ...rest] : null;
}

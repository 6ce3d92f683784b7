/**
 * Does the work for each item in turn, even if it failed for an earlier one. Throws all failures together at the end.
 */
export async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) await work(item).catch((failure: unknown) => failures.push(failure));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${items.length} failed.`);
}

/** The same for all items at once. */
export async function allOf<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const begun = items.map(work);
  await Promise.allSettled(begun);
  await eachOf(begun, (result) => result);
}

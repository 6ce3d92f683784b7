/** Leaves out what is empty, so that the address has only what holds. */
export function withoutNothing<Search extends object>(
  search: {
    readonly [Name in keyof Search]: Search[Name] | undefined;
  },
): Search {
  const held = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(held) as Search;
}

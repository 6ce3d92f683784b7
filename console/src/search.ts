/** Reads one text of the address. Returns an object with it, or none, so that the address has nothing empty in it. */
export function textIn<Name extends string>(
  search: Record<string, unknown>,
  name: Name,
): Partial<Record<Name, string>> {
  const value = search[name];
  // A number in the address is meant as the text that it looks like, such as a job type 404.
  const text = typeof value === "number" ? String(value) : value;
  const found: Partial<Record<Name, string>> = {};
  if (typeof text === "string" && text !== "") found[name] = text;
  return found;
}

/** Reads a list of values of the address, and leaves out those that are not allowed. */
export function choicesIn<Name extends string, Value extends string>(
  search: Record<string, unknown>,
  name: Name,
  allowed: readonly Value[],
): Partial<Record<Name, readonly Value[]>> {
  const values = [search[name]].flat();
  const chosen = allowed.filter((value) => values.includes(value));
  const found: Partial<Record<Name, readonly Value[]>> = {};
  if (chosen.length > 0) found[name] = chosen;
  return found;
}

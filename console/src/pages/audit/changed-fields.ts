/** A field that an act has set, changed or taken away. */
export interface ChangedField {
  /** Its name, with those of the objects that it is in: limits.requestsPerMinute. */
  readonly name: string;
  /** What it was before. Null if it was not there. */
  readonly before: string | null;
  /** What it is after. Null if it is not there any more. */
  readonly after: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Returns the fields that differ, by name. Either side is null if there was nothing, or is nothing any more. */
export function changedFields(before: Fields | null, after: Fields | null): readonly ChangedField[] {
  const [old, now] = [flat(before), flat(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names
    .map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }))
    .filter((field) => field.before !== field.after);
}

/** Lists the fields of an object, also of those within it. Lists stay whole, because their order may be what has changed. */
function flat(fields: Fields | null, within = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(fields ?? {})) {
    const path = `${within}${name}`;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (isObject && Object.keys(value).length > 0)
      for (const [inner, text] of flat(value as Fields, `${path}.`)) found.set(inner, text);
    else found.set(path, textOf(value));
  }
  return found;
}

/** A text stays as it is. All else is written as JSON. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

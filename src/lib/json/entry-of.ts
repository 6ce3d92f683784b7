/**
 * What a table has under a name that somebody else chose; undefined if it has nothing. Every object answers to names such as
 * "constructor", and none of those is in the table.
 */
export function entryOf<Value>(table: Readonly<Record<string, Value>>, name: unknown): Value | undefined {
  return typeof name === "string" && Object.hasOwn(table, name) ? table[name] : undefined;
}

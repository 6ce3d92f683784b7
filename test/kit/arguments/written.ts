/** A value that a document writes differently from JSON, or that JavaScript cannot hold. */
export class Written {
  constructor(
    readonly literal: string,
    readonly json = literal,
  ) {}
}
export const enumValue = (name: string) => new Written(name, `"${name}"`);
export const INFINITE = new Written("1e400");

/** A value as it stands in a document or in JSON. */
export function written(value: unknown, as: "literal" | "json"): string {
  if (value instanceof Written) return value[as];
  if (Array.isArray(value)) return `[${value.map((item) => written(item, as)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([name, item]) => `${as === "json" ? JSON.stringify(name) : name}: ${written(item, as)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

/** The beginning of a value, for the title of a test. */
export const shorten = (value: unknown) => written(value, "json").slice(0, 40);

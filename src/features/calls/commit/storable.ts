import type { Json, JsonObject } from "../../../lib/json/json.js";

/** PostgreSQL's parser and ours follow many more levels; what lies deeper is no answer of a model. */
const LEVELS_MAX = 100;

/** PostgreSQL stores neither NUL nor lone surrogates; what a model sends of them becomes U+FFFD. */
export function storable(text: string): string;
export function storable(text: string | null): string | null;
export function storable(text: string | null): string | null {
  return text === null ? null : text.toWellFormed().replaceAll("\0", "\ufffd");
}

/**
 * The same for every text and every name in an object. What is nested deeper than 100 levels becomes null,
 * and an integer that a double would round becomes its digits as text.
 */
export function storableObject(object: JsonObject, levels = LEVELS_MAX): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [storable(name), storableJson(value, levels - 1)]),
  );
}

function storableJson(value: Json | undefined, levels: number): Json {
  if (typeof value === "string") return storable(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value ?? null;
  if (levels <= 0) return null;
  return Array.isArray(value) ? value.map((item) => storableJson(item, levels - 1)) : storableObject(value, levels);
}

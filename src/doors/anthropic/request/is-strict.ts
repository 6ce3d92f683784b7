import type { JsonObject } from "../../../lib/json/json.js";
import { isObject } from "../../../lib/json/unknown-json.js";

/**
 * Whether OpenAI can hold a model to a schema strictly, as Anthropic does with each: every object names all of its fields,
 * needs them all, and has no others.
 */
export function isStrict(schema: JsonObject): boolean {
  const { type, properties, required, additionalProperties } = schema;
  const isOfObject = type === "object" || properties !== undefined;
  const names = isObject(properties) ? Object.keys(properties) : [];
  const needsAll = Array.isArray(required) && names.every((name) => required.includes(name));
  if (isOfObject && (additionalProperties !== false || !needsAll)) return false;
  const inside = Object.values(schema).flatMap((value) => (Array.isArray(value) ? value : [value]));
  const ofFields = isObject(properties) ? Object.values(properties) : [];
  return [...inside.filter((value) => value !== properties), ...ofFields]
    .filter((each) => isObject(each))
    .every((each) => isStrict(each as JsonObject) || isNamesOnly(each as JsonObject));
}

/** `$defs` has schemas by names, and is none itself. */
const isNamesOnly = (schema: Record<string, unknown>): boolean =>
  Object.values(schema).every((each) => isObject(each) && isStrict(each as JsonObject));

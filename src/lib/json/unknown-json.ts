import { parseExact } from "./exact-json.js";
import { isNestedWithin } from "./levels.js";

/** No answer of a service has nearly as many. */
const LEVELS_MAX = 500;

/**
 * Reads JSON that somebody else wrote, with every digit of its integers. Returns undefined if the text is not JSON, or has more
 * levels than anybody could follow, so that the caller decides what that means.
 */
export function parseJson(text: string): unknown {
  try {
    const value = parseExact(text);
    return text.length <= LEVELS_MAX || isNestedWithin(value, LEVELS_MAX) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value of unknown shape is an object whose fields can be read. A list is not. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

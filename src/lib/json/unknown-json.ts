import { parseExact } from "./exact-json.js";

/**
 * Reads JSON that somebody else wrote, with every digit of its integers. Returns undefined if the text is not JSON, so
 * that the caller decides what that means.
 */
export function parseJson(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}

/** Whether a value of unknown shape is an object whose fields can be read. A list is not. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

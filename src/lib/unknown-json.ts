/**
 * Reads JSON that somebody else wrote. Returns undefined if the text is not JSON, so that the caller decides what that
 * means.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value of unknown shape is an object whose fields can be read. A list is not. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import type { Part, UnknownFields } from "../provider.js";

/** The names of OpenAI's chat format that are read elsewhere. Each counts at its own level only. */
const KNOWN = {
  answer: new Set(["id", "object", "created", "model", "choices", "usage", "error"]),
  choice: new Set(["index", "delta", "message", "finish_reason"]),
  delta: new Set(["role", "content", "refusal", "tool_calls"]),
} as const;

/**
 * Returns the object's other fields as one extension part, or no part if there are none. A field that is null counts as
 * absent.
 */
export function extensionOf(at: keyof typeof KNOWN, given: UnknownFields): Part[] {
  const others = Object.keys(given).filter((name) => !KNOWN[at].has(name) && given[name] != null);
  if (others.length === 0) return [];
  return [{ type: "extension", at, fields: Object.fromEntries(others.map((name) => [name, given[name]])) }];
}

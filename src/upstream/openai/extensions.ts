import type { Part, UnknownFields } from "../provider.js";

/** The names of OpenAI's chat format that an answer's parts have a place for; each holds at its own level only. */
const KNOWN = {
  answer: new Set(["id", "object", "created", "model", "choices", "usage", "error"]),
  choice: new Set(["index", "delta", "message", "finish_reason"]),
  delta: new Set(["role", "content", "refusal", "tool_calls"]),
} as const;

/** What an upstream's object has beside that, as a part; nothing where there is nothing, and null says nothing. */
export function extensionOf(at: keyof typeof KNOWN, given: UnknownFields): Part[] {
  const others = Object.keys(given).filter((name) => !KNOWN[at].has(name) && given[name] != null);
  if (others.length === 0) return [];
  return [{ type: "extension", at, fields: Object.fromEntries(others.map((name) => [name, given[name]])) }];
}

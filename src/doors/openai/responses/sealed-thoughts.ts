import type { UnknownFields } from "../../../features/calls/log/call-event.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { isObject } from "../../../lib/json/unknown-json.js";

/** The fields of a message in which upstreams send thoughts that have to be sent back as they are. */
const FIELDS = ["thinking_blocks", "reasoning_details"] as const;
const MARK = "tg1.";

/**
 * Packs what an upstream sent of its thoughts into one text, which clients keep as `encrypted_content` and send back. It is
 * sealed by the upstream, which signs or encrypts it, and not by the gateway. Null if there is nothing to send back.
 */
export function packThoughts(beside: UnknownFields): string | null {
  const given = FIELDS.filter((name) => Array.isArray(beside[name]) && beside[name].length > 0);
  if (given.length === 0) return null;
  const thoughts = Object.fromEntries(given.map((name) => [name, beside[name]]));
  return MARK + Buffer.from(JSON.stringify(thoughts)).toString("base64url");
}

/**
 * Unpacks such a text into fields of a message. A text that the gateway did not pack comes from OpenAI itself, and is passed on
 * as OpenRouter has it.
 */
export function unpackThoughts(packed: string, id: unknown): JsonObject {
  const unpacked = packed.startsWith(MARK) ? parsed(packed.slice(MARK.length)) : undefined;
  if (unpacked) return unpacked;
  const detail = { type: "reasoning.encrypted", data: packed, format: "openai-responses-v1" };
  return { reasoning_details: [{ ...detail, ...(typeof id === "string" && { id }) }] };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (!isObject(value)) return undefined;
    const known = FIELDS.filter((name) => Array.isArray(value[name]));
    return Object.fromEntries(known.map((name) => [name, value[name]])) as JsonObject;
  } catch {
    return undefined;
  }
}

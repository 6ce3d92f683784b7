import { invalid } from "../../../../input/validate.js";
import type { JsonObject } from "../../../../lib/json/json.js";
import { isObject, parseJson } from "../../../../lib/json/unknown-json.js";
import { itemId } from "../response-ids.js";

const MARK = "tgc1.";

/** The item that stands for what was said before. Its content is packed, because clients only send it back. */
export const compactionItem = (callId: string, summary: string): JsonObject => ({
  type: "compaction",
  id: itemId("cmp", callId, 0),
  encrypted_content: MARK + Buffer.from(JSON.stringify({ summary })).toString("base64url"),
});

/**
 * Returns the summary in such an item. `field` is the item's place in the request. Throws INVALID_INPUT for an item of
 * another service, which only that service can read.
 */
export function summaryIn({ encrypted_content: packed }: JsonObject, field: string): string {
  const text = typeof packed === "string" && packed.startsWith(MARK) ? packed.slice(MARK.length) : "";
  const content = parseJson(Buffer.from(text, "base64url").toString("utf8"));
  if (isObject(content) && typeof content.summary === "string") return content.summary;
  throw invalid(
    `${field}.encrypted_content`,
    "must be what this gateway's /v1/responses/compact has told. Send what was said instead",
    packed,
  );
}

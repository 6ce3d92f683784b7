import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { UnknownFields } from "../../../features/calls/log/call-event.js";
import { base64Of, embeddingsIn, numbersOf } from "../../../features/embeddings/vectors.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { usageShape } from "../../chat/chat-shapes.js";
import type { JsonBody } from "./json-body.js";

/** One piece has about as many characters. It takes a millisecond to write. */
const PIECE_CHARACTERS = 256 * 1024;

/**
 * The vectors, in the form that was asked for, whichever the upstream sent. Writing thousands of them at once would stop
 * all streams of the process for a second, so they come in pieces, and others have their turn in between.
 */
export function* embeddingsText(
  { data, ...others }: UnknownFields,
  call: LlmCallRow,
  body: JsonBody,
): Generator<string, void, undefined> {
  const formed = body.encoding_format === "base64" ? base64Of : numbersOf;
  const { completion_tokens: _none, ...usage } = usageShape(call);
  const head = stringifyExact({ ...others, object: "list", model: call.model, usage });
  let piece = `${head.slice(0, -1)},"data":[`;
  for (const [index, each] of embeddingsIn({ data }).entries()) {
    if (piece.length >= PIECE_CHARACTERS) {
      yield piece;
      piece = "";
    }
    if (index > 0) piece += ",";
    piece += stringifyExact({ ...each, object: "embedding", index, embedding: formed(each.embedding) });
  }
  yield `${piece}]}`;
}

export const completionShape = (result: UnknownFields, call: LlmCallRow): object => ({
  ...result,
  id: `cmpl-${call.id}`,
  object: "text_completion",
  created: Math.floor(call.createdAt.getTime() / 1_000),
  model: call.model,
  usage: usageShape(call),
});

export const moderationShape = (result: UnknownFields, call: LlmCallRow): object => ({
  ...result,
  id: `modr-${call.id}`,
  model: call.model,
});

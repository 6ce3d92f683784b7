import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { UnknownFields } from "../../../features/calls/log/call-event.js";
import { base64Of, embeddingsIn, numbersOf } from "../../../features/embeddings/vectors.js";
import { usageShape } from "../../chat/chat-shapes.js";
import type { JsonBody } from "./json-body.js";

/** The vectors, in the form that was asked for, whichever the upstream sent. */
export function embeddingsShape({ data, ...others }: UnknownFields, call: LlmCallRow, body: JsonBody): object {
  const formed = body.encoding_format === "base64" ? base64Of : numbersOf;
  const { completion_tokens: _none, ...usage } = usageShape(call);
  return {
    ...others,
    object: "list",
    data: embeddingsIn({ data }).map((each, index) => ({
      ...each,
      object: "embedding",
      index,
      embedding: formed(each.embedding),
    })),
    model: call.model,
    usage,
  };
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

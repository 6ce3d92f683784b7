import type { LlmCallRow } from "../../features/calls/call.service.js";
import { toolCallsOf } from "../../features/calls/log/answer.js";
import type { CallEvent, UnknownFields } from "../../features/calls/log/call-event.js";
import type { ModelGroupRow } from "../../features/models/groups/model-group.service.js";
import { toolCallShape, usageShape } from "../chat/chat-shapes.js";

/** The whole answer of a settled call, with the other fields that its upstream sent. */
export function completionShape(call: LlmCallRow, events: readonly CallEvent[]): object {
  const beside = (at: string): UnknownFields =>
    Object.assign({}, ...events.map((event) => (event.type === "extension" && event.at === at ? event.fields : {})));
  const isRefusal = events.some((event) => event.type === "text-delta" && event.isRefusal);
  const toolCalls = toolCallsOf(call).map(toolCallShape);
  const message = {
    ...beside("delta"),
    role: "assistant",
    content: isRefusal ? null : call.content,
    refusal: isRefusal ? call.content : null,
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
  };
  return {
    ...beside("answer"),
    id: `chatcmpl-${call.id}`,
    object: "chat.completion",
    created: Math.floor(call.createdAt.getTime() / 1_000),
    model: call.model,
    choices: [{ index: 0, logprobs: null, ...beside("choice"), message, finish_reason: call.finishReason }],
    usage: usageShape(call),
  };
}

/** A model group, in the shape of OpenAI's models. */
export const modelShape = (group: ModelGroupRow) => ({
  id: group.name,
  object: "model",
  created: Math.floor(group.createdAt.getTime() / 1_000),
  owned_by: "tollgate",
});

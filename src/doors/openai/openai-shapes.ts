import type { LlmCallRow } from "../../features/calls/call.service.js";
import { toolCallsOf } from "../../features/calls/log/answer.js";
import type { CallEvent } from "../../features/calls/log/call-event.js";
import type { ModelGroupRow } from "../../features/models/groups/model-group.service.js";
import { answerBeside } from "../chat/answer-beside.js";
import { toolCallShape, usageShape, wholeToolCallShape } from "../chat/chat-shapes.js";

/** The whole answer of a settled call, with the other fields that its upstream sent. */
export function completionShape(call: LlmCallRow, events: readonly CallEvent[]): object {
  const { beside, reasoning, reasoningField, isRefusal } = answerBeside(call, events);
  const toolCalls = toolCallsOf(call);
  const [first] = toolCalls;
  const message = {
    ...beside.of("delta"),
    ...(reasoning !== "" && { [reasoningField]: reasoning }),
    role: "assistant",
    content: isRefusal ? null : call.content,
    refusal: isRefusal ? call.content : null,
    ...(first &&
      (first.isFunctionCall
        ? { function_call: toolCallShape(first).function }
        : { tool_calls: toolCalls.map(wholeToolCallShape) })),
  };
  return {
    ...beside.of("answer"),
    id: `chatcmpl-${call.id}`,
    object: "chat.completion",
    created: Math.floor(call.createdAt.getTime() / 1_000),
    model: call.model,
    choices: [{ index: 0, logprobs: null, ...beside.of("choice"), message, finish_reason: call.finishReason }],
    usage: usageShape(call, beside.of("usage")),
  };
}

/** A model group, in the shape of OpenAI's models. */
export const modelShape = (group: ModelGroupRow) => ({
  id: group.name,
  object: "model",
  created: Math.floor(group.createdAt.getTime() / 1_000),
  owned_by: "tollgate",
});

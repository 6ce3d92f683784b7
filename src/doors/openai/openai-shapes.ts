import type { LlmCallRow } from "../../features/calls/call.service.js";
import { Answer, toolCallsOf } from "../../features/calls/log/answer.js";
import type { CallEvent } from "../../features/calls/log/call-event.js";
import type { ModelGroupRow } from "../../features/models/groups/model-group.service.js";
import { toolCallShape, usageShape } from "../chat/chat-shapes.js";

/** The whole answer of a settled call, with the other fields that its upstream sent. */
export function completionShape(call: LlmCallRow, events: readonly CallEvent[]): object {
  const { beside, reasoning, reasoningField } = answerIn(events);
  const isRefusal = events.some((event) => event.type === "text-delta" && event.isRefusal);
  const isFunctionCall = events.some((event) => event.type === "tool-call-delta" && event.isFunctionCall);
  const toolCalls = toolCallsOf(call).map((toolCall) => toolCallShape(toolCall));
  const message = {
    ...beside.of("delta"),
    ...(reasoning !== "" && { [reasoningField]: reasoning }),
    role: "assistant",
    content: isRefusal ? null : call.content,
    refusal: isRefusal ? call.content : null,
    ...(toolCalls.length > 0 &&
      (isFunctionCall ? { function_call: toolCalls[0]?.function } : { tool_calls: toolCalls })),
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

/** Puts together what the events of a call say beside its row. A model that was given up has no part in it. */
function answerIn(events: readonly CallEvent[]) {
  let answer = new Answer();
  for (const event of events) {
    if (event.type === "snapshot") answer = new Answer(event);
    else if (event.type === "model-switched") answer = new Answer();
    else if (event.type !== "started" && event.type !== "finished") answer.add(event);
  }
  return { beside: answer.beside, ...answer.soFar };
}

/** A model group, in the shape of OpenAI's models. */
export const modelShape = (group: ModelGroupRow) => ({
  id: group.name,
  object: "model",
  created: Math.floor(group.createdAt.getTime() / 1_000),
  owned_by: "tollgate",
});

import type { LlmCallRow } from "../../features/calls/call.service.js";
import { Answer, toolCallsOf } from "../../features/calls/log/answer.js";
import { BesideAnswer } from "../../features/calls/log/beside-answer.js";
import type { CallEvent } from "../../features/calls/log/call-event.js";
import type { ModelGroupRow } from "../../features/models/groups/model-group.service.js";
import type { JsonObject } from "../../lib/json/json.js";
import { toolCallShape, usageShape, wholeToolCallShape } from "../chat/chat-shapes.js";

/** The whole answer of a settled call, with the other fields that its upstream sent. */
export function completionShape(call: LlmCallRow, events: readonly CallEvent[]): object {
  const { beside: live, reasoning, reasoningField } = answerIn(events);
  // A snapshot has none of the fields beside the answer. Then those that the call has kept are told.
  const isLate = events.some(({ type }) => type === "snapshot");
  const beside = isLate ? new BesideAnswer(call.extensions as JsonObject) : live;
  const isRefusal = events.some((event) => event.type === "text-delta" && event.isRefusal);
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

import type { LlmCallRow } from "../../features/calls/call.service.js";
import type { ToolCallOfAnswer } from "../../features/calls/log/answer.js";
import type { CallEvent, UnknownFields } from "../../features/calls/log/call-event.js";
import type { ModelGroupRow } from "../../features/models/model-group.service.js";

export const usageShape = (call: LlmCallRow) => {
  const { promptTokens, completionTokens, cachedPromptTokens, reasoningTokens } = call;
  return {
    prompt_tokens: promptTokens ?? 0,
    completion_tokens: completionTokens ?? 0,
    total_tokens: (promptTokens ?? 0) + (completionTokens ?? 0),
    ...(cachedPromptTokens !== null && { prompt_tokens_details: { cached_tokens: cachedPromptTokens } }),
    ...(reasoningTokens !== null && { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  };
};

/** A whole answer out of a settled call and of what its upstream sent beside it. */
export function completionShape(call: LlmCallRow, events: readonly CallEvent[]): object {
  const beside = (at: string): UnknownFields =>
    Object.assign({}, ...events.map((event) => (event.type === "extension" && event.at === at ? event.fields : {})));
  const isRefusal = events.some((event) => event.type === "text-delta" && event.isRefusal);
  const toolCalls = (call.toolCalls as unknown as ToolCallOfAnswer[]).map(({ id, name, arguments: text }) => ({
    id,
    type: "function",
    function: { name, arguments: text },
  }));
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

/** A model group, as a model. */
export const modelShape = (group: ModelGroupRow) => ({
  id: group.name,
  object: "model",
  created: Math.floor(group.createdAt.getTime() / 1_000),
  owned_by: "tollgate",
});

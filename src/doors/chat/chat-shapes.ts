import type { LlmCallRow } from "../../features/calls/call.service.js";
import type { ToolCallOfAnswer } from "../../features/calls/log/answer.js";
import type { UnknownFields } from "../../features/calls/log/call-event.js";
import { isObject } from "../../lib/json/unknown-json.js";

/** The tokens of a call in OpenAI's words, with the details that the upstream sent of them. */
export const usageShape = (call: LlmCallRow, details: UnknownFields = {}) => {
  const { promptTokens, completionTokens, cachedPromptTokens, reasoningTokens } = call;
  return {
    ...details,
    prompt_tokens: promptTokens ?? 0,
    completion_tokens: completionTokens ?? 0,
    total_tokens: (promptTokens ?? 0) + (completionTokens ?? 0),
    ...(cachedPromptTokens !== null && {
      prompt_tokens_details: { ...objectOf(details.prompt_tokens_details), cached_tokens: cachedPromptTokens },
    }),
    ...(reasoningTokens !== null && {
      completion_tokens_details: { ...objectOf(details.completion_tokens_details), reasoning_tokens: reasoningTokens },
    }),
  };
};

const objectOf = (value: unknown): UnknownFields => (isObject(value) ? value : {});

/** A tool call as clients of OpenAI's format get it, with the fields that the upstream adds, which they send back. */
export function wholeToolCallShape({ extra, ...call }: Partial<ToolCallOfAnswer>): object {
  const { id, name, arguments: input = "" } = call;
  if (extra?.type !== "custom") return { ...toolCallShape(call), ...extra };
  return { ...(id !== undefined && { id }), ...extra, custom: { ...(name !== undefined && { name }), input } };
}

/** A tool call in OpenAI's words. While it is being sent, only a part of it may be known. */
export function toolCallShape(call: ToolCallOfAnswer): ToolCallShape;
export function toolCallShape(call: Partial<ToolCallOfAnswer>): { readonly function: object };
export function toolCallShape({ id, name, arguments: text = "" }: Partial<ToolCallOfAnswer>) {
  return {
    ...(id !== undefined && { id, type: "function" as const }),
    function: { ...(name !== undefined && { name }), arguments: text },
  };
}

interface ToolCallShape {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
}

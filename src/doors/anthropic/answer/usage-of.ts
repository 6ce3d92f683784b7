import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { UnknownFields } from "../../../features/calls/log/call-event.js";
import { isObject } from "../../../lib/json/unknown-json.js";

type Counted = Pick<
  LlmCallRow,
  | "promptTokens"
  | "completionTokens"
  | "cachedPromptTokens"
  | "cacheWritePromptTokens"
  | "oneHourCacheWritePromptTokens"
  | "reasoningTokens"
>;

/** What is known at the start of a stream. The tokens come with its end. */
const NOTHING: Counted = {
  promptTokens: null,
  completionTokens: null,
  cachedPromptTokens: null,
  cacheWritePromptTokens: null,
  oneHourCacheWritePromptTokens: null,
  reasoningTokens: null,
};
export const usageAtStart = () => usageOf(NOTHING, {});

/**
 * The tokens of a call in Anthropic's words. Its `input_tokens` are those that were neither read from the cache nor
 * written to it. `sent` is what the upstream told beside the tokens.
 */
export function usageOf(call: Counted, sent: UnknownFields) {
  const { promptTokens, completionTokens, cachedPromptTokens, reasoningTokens } = call;
  const read = cachedPromptTokens ?? countIn(sent.cache_read_input_tokens);
  const written = call.cacheWritePromptTokens ?? countIn(sent.cache_creation_input_tokens);
  return {
    cache_creation: isObject(sent.cache_creation) ? sent.cache_creation : cacheCreationOf(call),
    cache_creation_input_tokens: written,
    cache_read_input_tokens: read,
    inference_geo: textOrNull(sent.inference_geo),
    input_tokens: Math.max(0, (promptTokens ?? 0) - read - written),
    output_tokens: completionTokens ?? 0,
    output_tokens_details: reasoningTokens === null ? null : { thinking_tokens: reasoningTokens },
    server_tool_use: isObject(sent.server_tool_use) ? sent.server_tool_use : null,
    service_tier: textOrNull(sent.service_tier),
    speed: textOrNull(sent.speed),
  };
}

/** The totals that a stream tells at its end. They replace those of its start. */
export function usageAtEnd(call: Counted, sent: UnknownFields) {
  const { cache_creation_input_tokens, cache_read_input_tokens, input_tokens, output_tokens, ...more } = usageOf(
    call,
    sent,
  );
  const { output_tokens_details, server_tool_use } = more;
  return {
    cache_creation_input_tokens,
    cache_read_input_tokens,
    input_tokens,
    output_tokens,
    output_tokens_details,
    server_tool_use,
  };
}

/** How long the cache keeps what was written to it. Null if the upstream did not tell. */
function cacheCreationOf({ cacheWritePromptTokens: written, oneHourCacheWritePromptTokens: oneHour }: Counted) {
  if (written === null || oneHour === null) return null;
  return { ephemeral_5m_input_tokens: written - oneHour, ephemeral_1h_input_tokens: oneHour };
}

const countIn = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

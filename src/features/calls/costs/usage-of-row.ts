import type { Counts, LlmCall } from "../log/call-row.js";
import type { Usage } from "./usage.type.js";

type UsageColumns = Pick<LlmCall, "usageSource" | Counts>;

/** The usage of a call or an attempt, from its columns. Null if it has none. */
export function usageOfRow(row: UsageColumns): Usage | null {
  const { usageSource, promptTokens, completionTokens } = row;
  if (usageSource === null || promptTokens === null || completionTokens === null) return null;
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    cachedPromptTokens: row.cachedPromptTokens,
    cacheWritePromptTokens: row.cacheWritePromptTokens,
    oneHourCacheWritePromptTokens: row.oneHourCacheWritePromptTokens,
    audioPromptTokens: row.audioPromptTokens,
    reasoningTokens: row.reasoningTokens,
    audioCompletionTokens: row.audioCompletionTokens,
    source: usageSource,
  };
}

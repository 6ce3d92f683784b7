import type { Usage } from "./call.type.js";
import type { LlmCall } from "./log/call-row.js";

type UsageColumns = Pick<
  LlmCall,
  "usageSource" | "promptTokens" | "completionTokens" | "cachedPromptTokens" | "reasoningTokens"
>;

/** The usage of a call or an attempt, from its columns. Null if it has none. */
export function usageOfRow(row: UsageColumns): Usage | null {
  const { usageSource, promptTokens, completionTokens, cachedPromptTokens, reasoningTokens } = row;
  if (usageSource === null || promptTokens === null || completionTokens === null) return null;
  const totalTokens = promptTokens + completionTokens;
  return { promptTokens, completionTokens, totalTokens, cachedPromptTokens, reasoningTokens, source: usageSource };
}

import type { ReportedUsage } from "../provider.js";

/** The parts of a prompt or of a completion that an upstream may tell. */
export type UsageDetail = Exclude<
  keyof ReportedUsage,
  "promptTokens" | "completionTokens" | "webSearches" | "otherTier"
>;

/** What each part is a part of. */
export const DETAILS = {
  cachedPromptTokens: "promptTokens",
  cacheWritePromptTokens: "promptTokens",
  oneHourCacheWritePromptTokens: "cacheWritePromptTokens",
  audioPromptTokens: "promptTokens",
  imagePromptTokens: "promptTokens",
  reasoningTokens: "completionTokens",
  audioCompletionTokens: "completionTokens",
  imageCompletionTokens: "completionTokens",
} as const satisfies Record<UsageDetail, UsageDetail | "promptTokens" | "completionTokens">;

/**
 * How families of upstreams name and count tokens. A path leads to a count; the first path that is there is taken.
 * A family is recognized by its count of prompt tokens.
 */
export interface UsageFamily {
  readonly prompt: readonly string[];
  readonly completion: readonly string[];
  readonly total: readonly string[];
  readonly details: Readonly<Partial<Record<UsageDetail, readonly string[]>>>;
  /** Counts beside the prompt that belong to it. */
  readonly besidePrompt: readonly string[];
  /** Counts beside the completion that belong to it. */
  readonly besideCompletion: readonly string[];
}

export const USAGE_FAMILIES: readonly UsageFamily[] = [
  // OpenAI, and with names of their own: DeepSeek (prompt_cache_hit_tokens), Moonshot (cached_tokens), Mistral and vLLM
  // (num_cached_tokens), OpenRouter (cache_write_tokens), LiteLLM in front of Anthropic (cache_read_input_tokens and
  // cache_creation..., which are part of prompt_tokens there).
  {
    prompt: ["prompt_tokens"],
    completion: ["completion_tokens"],
    total: ["total_tokens"],
    details: {
      cachedPromptTokens: [
        "prompt_tokens_details.cached_tokens",
        "prompt_cache_hit_tokens",
        "cached_tokens",
        "num_cached_tokens",
        "cache_read_input_tokens",
      ],
      cacheWritePromptTokens: [
        "prompt_tokens_details.cache_creation_tokens",
        "prompt_tokens_details.cache_write_tokens",
        "cache_creation_input_tokens",
      ],
      oneHourCacheWritePromptTokens: [
        "prompt_tokens_details.cache_creation_token_details.ephemeral_1h_input_tokens",
        "cache_creation.ephemeral_1h_input_tokens",
      ],
      audioPromptTokens: ["prompt_tokens_details.audio_tokens"],
      imagePromptTokens: ["prompt_tokens_details.image_tokens"],
      reasoningTokens: ["completion_tokens_details.reasoning_tokens", "reasoning_tokens"],
      audioCompletionTokens: ["completion_tokens_details.audio_tokens"],
      imageCompletionTokens: ["completion_tokens_details.image_tokens"],
    },
    besidePrompt: [],
    besideCompletion: [],
  },
  // OpenAI's newer interface, and Anthropic, whose input_tokens lack the tokens that its cache read or wrote.
  {
    prompt: ["input_tokens"],
    completion: ["output_tokens"],
    total: ["total_tokens"],
    details: {
      cachedPromptTokens: ["input_tokens_details.cached_tokens", "cache_read_input_tokens"],
      cacheWritePromptTokens: ["input_tokens_details.cache_write_tokens", "cache_creation_input_tokens"],
      oneHourCacheWritePromptTokens: ["cache_creation.ephemeral_1h_input_tokens"],
      audioPromptTokens: ["input_tokens_details.audio_tokens"],
      imagePromptTokens: ["input_tokens_details.image_tokens"],
      reasoningTokens: ["output_tokens_details.reasoning_tokens", "output_tokens_details.thinking_tokens"],
      audioCompletionTokens: ["output_tokens_details.audio_tokens"],
      imageCompletionTokens: ["output_tokens_details.image_tokens"],
    },
    besidePrompt: ["cache_read_input_tokens", "cache_creation_input_tokens"],
    besideCompletion: [],
  },
  // Gemini's own names. Thoughts are not among the tokens of its candidates.
  {
    prompt: ["promptTokenCount"],
    completion: ["candidatesTokenCount"],
    total: ["totalTokenCount"],
    details: {
      cachedPromptTokens: ["cachedContentTokenCount"],
      audioPromptTokens: ["promptTokensDetails.AUDIO"],
      imagePromptTokens: ["promptTokensDetails.IMAGE"],
      reasoningTokens: ["thoughtsTokenCount"],
      audioCompletionTokens: ["candidatesTokensDetails.AUDIO"],
      imageCompletionTokens: ["candidatesTokensDetails.IMAGE"],
    },
    besidePrompt: [],
    besideCompletion: ["thoughtsTokenCount"],
  },
  // Ollama's own names.
  {
    prompt: ["prompt_eval_count"],
    completion: ["eval_count"],
    total: [],
    details: {},
    besidePrompt: [],
    besideCompletion: [],
  },
];

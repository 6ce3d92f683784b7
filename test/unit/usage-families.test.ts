import { describe, expect, it } from "vitest";
import { reportedUsage } from "../../src/upstream/answers/reported.js";

/** Usages as the public documentation of each shows them. */
const DOCUMENTED: readonly [who: string, usage: object, expected: object][] = [
  [
    "Anthropic, with a cache for 5 minutes and one for an hour",
    {
      input_tokens: 2_048,
      cache_read_input_tokens: 1_800,
      cache_creation_input_tokens: 248,
      output_tokens: 503,
      cache_creation: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
    },
    {
      promptTokens: 4_096,
      completionTokens: 503,
      cachedPromptTokens: 1_800,
      cacheWritePromptTokens: 248,
      oneHourCacheWritePromptTokens: 100,
    },
  ],
  [
    "OpenAI, with sound both ways",
    {
      prompt_tokens: 163,
      completion_tokens: 93,
      total_tokens: 256,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 144 },
      completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 72, accepted_prediction_tokens: 0 },
    },
    {
      promptTokens: 163,
      completionTokens: 93,
      cachedPromptTokens: 0,
      audioPromptTokens: 144,
      reasoningTokens: 0,
      audioCompletionTokens: 72,
    },
  ],
  [
    "Gemini, with the counts of modalities",
    {
      promptTokenCount: 300,
      candidatesTokenCount: 40,
      totalTokenCount: 340,
      promptTokensDetails: [
        { modality: "TEXT", tokenCount: 10 },
        { modality: "AUDIO", tokenCount: 32 },
        { modality: "IMAGE", tokenCount: 258 },
      ],
      candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: 30 }],
    },
    {
      promptTokens: 300,
      completionTokens: 40,
      audioPromptTokens: 32,
      imagePromptTokens: 258,
      imageCompletionTokens: 30,
    },
  ],
  [
    "LiteLLM in front of Anthropic",
    {
      prompt_tokens: 900,
      completion_tokens: 6,
      total_tokens: 906,
      prompt_tokens_details: {
        cached_tokens: 700,
        audio_tokens: null,
        cache_creation_tokens: 190,
        cache_creation_token_details: { ephemeral_5m_input_tokens: 90, ephemeral_1h_input_tokens: 100 },
      },
      cache_read_input_tokens: 700,
      cache_creation_input_tokens: 190,
    },
    {
      promptTokens: 900,
      completionTokens: 6,
      cachedPromptTokens: 700,
      cacheWritePromptTokens: 190,
      oneHourCacheWritePromptTokens: 100,
    },
  ],
  [
    "OpenRouter",
    {
      prompt_tokens: 194,
      completion_tokens: 12,
      total_tokens: 206,
      prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 100, audio_tokens: 3 },
      completion_tokens_details: { reasoning_tokens: 0, image_tokens: 2 },
    },
    {
      promptTokens: 194,
      completionTokens: 12,
      cachedPromptTokens: 0,
      cacheWritePromptTokens: 100,
      audioPromptTokens: 3,
      reasoningTokens: 0,
      imageCompletionTokens: 2,
    },
  ],
];

describe("the parts of a usage", () => {
  it.each(DOCUMENTED)("%s", (_, usage, expected) => {
    expect(reportedUsage(usage)).toEqual(expected);
  });

  it("are left out if they are more than their whole, or no counts", () => {
    const usage = {
      prompt_tokens: 10,
      completion_tokens: 6,
      prompt_tokens_details: { audio_tokens: 11, cache_write_tokens: 4, image_tokens: -1 },
      completion_tokens_details: { audio_tokens: 7, image_tokens: "2" },
      cache_creation: { ephemeral_1h_input_tokens: 5 },
    };
    expect(reportedUsage(usage)).toEqual({ promptTokens: 10, completionTokens: 6, cacheWritePromptTokens: 4 });
  });

  it.each([
    ["flex", "flex"],
    ["priority", "priority"],
    ["default", undefined],
    ["on_demand", undefined],
    [null, undefined],
    [1, undefined],
  ])("say how the answer was served, if not as usual: %j", (tier, expected) => {
    const usage = { prompt_tokens: 1, completion_tokens: 1 };
    expect(reportedUsage(usage, tier)).toEqual(usageOf(expected));
    const anthropics = { input_tokens: 1, output_tokens: 1, service_tier: tier };
    expect(reportedUsage(anthropics)).toEqual(usageOf(expected));
  });

  it("say that Anthropic answered in its fast mode", () => {
    expect(reportedUsage({ input_tokens: 1, output_tokens: 1, speed: "fast" })).toMatchObject({ otherTier: "fast" });
    expect(reportedUsage({ input_tokens: 1, output_tokens: 1, speed: "standard" })).not.toHaveProperty("otherTier");
  });
});

const usageOf = (otherTier: string | undefined) => ({ promptTokens: 1, completionTokens: 1, otherTier });

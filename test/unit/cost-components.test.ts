import { describe, expect, it } from "vitest";
import type { AdminPrice } from "../../src/upstream/pricing/admin-price.js";
import { type Answered, priceAnswer } from "../../src/upstream/pricing/prices.js";
import type { ReportedUsage } from "../../src/upstream/provider.js";

const at = new Date("2026-11-01T12:00:00Z");
const priced = (model: string, usage: ReportedUsage, more: Partial<Answered> = {}) =>
  priceAnswer({ model, usage, upstreamCostNanoUsd: undefined, at, ...more });
/** The components as [name, tokens, nano-dollars per million tokens, nano-dollars]. */
const partsOf = async (...asked: Parameters<typeof priced>) =>
  (await priced(...asked)).components.map(({ component, tokens, nanoUsdPerMillionTokens, costNanoUsd }) => [
    component,
    tokens,
    nanoUsdPerMillionTokens,
    costNanoUsd,
  ]);
const USD = 1_000_000_000n;

const ADMIN_PRICE: AdminPrice = {
  inputNanoUsdPerMillionTokens: 3n * USD,
  outputNanoUsdPerMillionTokens: 15n * USD,
  cachedInputNanoUsdPerMillionTokens: 300_000_000n,
  cacheWriteNanoUsdPerMillionTokens: 3_750_000_000n,
  oneHourCacheWriteNanoUsdPerMillionTokens: 6n * USD,
  audioInputNanoUsdPerMillionTokens: 40n * USD,
  audioOutputNanoUsdPerMillionTokens: 80n * USD,
  longContext: {
    thresholdTokens: 200_000,
    inputNanoUsdPerMillionTokens: 6n * USD,
    outputNanoUsdPerMillionTokens: 22_500_000_000n,
    cachedInputNanoUsdPerMillionTokens: null,
  },
};

describe("what a cost consists of, by the price table", () => {
  it("has cache reads, and writes for 5 minutes and for an hour, each at its own price", async () => {
    // claude-sonnet-4-5: 3 USD a million; 0.30 read, 3.75 written for 5 minutes, 6 for an hour; 15 for the answer.
    const usage = {
      promptTokens: 2_048,
      cachedPromptTokens: 1_000,
      cacheWritePromptTokens: 500,
      oneHourCacheWritePromptTokens: 200,
      completionTokens: 503,
      reasoningTokens: 400,
    };
    expect(await partsOf("claude-sonnet-4-5", usage)).toEqual([
      ["PROMPT", 548, 3n * USD, 1_644_000n],
      ["CACHE_READ", 1_000, 300_000_000n, 300_000n],
      ["CACHE_WRITE", 300, 3_750_000_000n, 1_125_000n],
      ["ONE_HOUR_CACHE_WRITE", 200, 6n * USD, 1_200_000n],
      ["COMPLETION", 503, 15n * USD, 7_545_000n],
    ]);
    expect(await priced("claude-sonnet-4-5", usage)).toMatchObject({ costNanoUsd: 11_814_000n, source: "PRICE_TABLE" });
  });

  it("has the prices of a long prompt for all of its components", async () => {
    const usage = { promptTokens: 200_001, cacheWritePromptTokens: 200_000, completionTokens: 1 };
    expect(await partsOf("claude-sonnet-4-5", usage)).toEqual([
      ["PROMPT", 1, 6n * USD, 6_000n],
      ["CACHE_WRITE", 200_000, 7_500_000_000n, 1_500_000_000n],
      ["COMPLETION", 1, 22_500_000_000n, 22_500n],
    ]);
    expect(await partsOf("claude-sonnet-4-5", { ...usage, promptTokens: 200_000 })).toMatchObject([
      ["CACHE_WRITE", 200_000, 3_750_000_000n, 750_000_000n],
      ["COMPLETION", 1, 15n * USD, 15_000n],
    ]);
  });

  it("has sound at its own price, and says so where it has none", async () => {
    const usage = { promptTokens: 120, audioPromptTokens: 100, completionTokens: 10 };
    // gemini-2.5-flash: 0.30 USD a million, 1 for sound, 2.50 for the answer.
    expect(await partsOf("gemini-2.5-flash", usage)).toEqual([
      ["PROMPT", 20, 300_000_000n, 6_000n],
      ["AUDIO_PROMPT", 100, USD, 100_000n],
      ["COMPLETION", 10, 2_500_000_000n, 25_000n],
    ]);
    expect(await partsOf("gpt-4o-audio-preview", { ...usage, audioCompletionTokens: 4 })).toEqual([
      ["PROMPT", 20, 2_500_000_000n, 50_000n],
      ["AUDIO_PROMPT", 100, null, null],
      ["COMPLETION", 6, 10n * USD, 60_000n],
      ["AUDIO_COMPLETION", 4, null, null],
    ]);
    expect(await priced("gpt-4o-audio-preview", usage)).toMatchObject({ costNanoUsd: 150_000n, source: "PRICE_TABLE" });
  });

  it("takes images at the price of the rest of the prompt, unless the table knows better", async () => {
    const usage = { promptTokens: 100, imagePromptTokens: 60, completionTokens: 0 };
    expect(await partsOf("gpt-4o-mini", usage)).toEqual([
      ["PROMPT", 40, 150_000_000n, 6_000n],
      ["IMAGE_PROMPT", 60, 150_000_000n, 9_000n],
    ]);
    expect(await partsOf("gpt-image-1", usage)).toEqual([
      ["PROMPT", 40, 5n * USD, 200_000n],
      ["IMAGE_PROMPT", 60, 10n * USD, 600_000n],
    ]);
  });

  it("is unpriced as a whole if the upstream served it at another price than that of its list", async () => {
    const usage = { promptTokens: 10, completionTokens: 10, otherTier: "flex" };
    expect(await priced("gpt-4o-mini", usage)).toMatchObject({ costNanoUsd: null, source: "UNPRICED" });
    expect(await partsOf("gpt-4o-mini", usage)).toEqual([
      ["PROMPT", 10, null, null],
      ["COMPLETION", 10, null, null],
    ]);
    expect(await priced("gpt-4o-mini", usage, { upstreamCostNanoUsd: 7n })).toMatchObject({ costNanoUsd: 7n });
    expect(await priced("gpt-4o-mini", usage, { adminPrice: ADMIN_PRICE })).toMatchObject({ source: "ADMIN_PRICE" });
  });
});

describe("what a cost consists of, by the admin's price", () => {
  const usage = {
    promptTokens: 1_000,
    cachedPromptTokens: 100,
    cacheWritePromptTokens: 300,
    oneHourCacheWritePromptTokens: 100,
    audioPromptTokens: 50,
    completionTokens: 80,
    audioCompletionTokens: 30,
  };
  const more = { adminPrice: ADMIN_PRICE };

  it("has every price that was set", async () => {
    expect(await partsOf("m", usage, more)).toEqual([
      ["PROMPT", 550, 3n * USD, 1_650_000n],
      ["CACHE_READ", 100, 300_000_000n, 30_000n],
      ["CACHE_WRITE", 200, 3_750_000_000n, 750_000n],
      ["ONE_HOUR_CACHE_WRITE", 100, 6n * USD, 600_000n],
      ["AUDIO_PROMPT", 50, 40n * USD, 2_000_000n],
      ["COMPLETION", 50, 15n * USD, 750_000n],
      ["AUDIO_COMPLETION", 30, 80n * USD, 2_400_000n],
    ]);
  });

  it("says which parts have no price", async () => {
    const adminPrice = {
      ...ADMIN_PRICE,
      cachedInputNanoUsdPerMillionTokens: null,
      cacheWriteNanoUsdPerMillionTokens: null,
      audioOutputNanoUsdPerMillionTokens: null,
    };
    const { costNanoUsd, source, components } = await priced("m", usage, { adminPrice });
    const lacking = components.flatMap((part) => (part.costNanoUsd === null ? [part.component] : []));
    expect(lacking).toEqual(["CACHE_WRITE", "AUDIO_COMPLETION"]);
    expect({ costNanoUsd, source }).toEqual({
      costNanoUsd: 1_650_000n + 300_000n + 600_000n + 2_000_000n + 750_000n,
      source: "ADMIN_PRICE",
    });
  });

  it("is by the prices of long prompts from one token above the threshold", async () => {
    const costOf = async (promptTokens: number) => {
      const long = { promptTokens, cachedPromptTokens: 1, completionTokens: 2 };
      return (await priced("m", long, more)).costNanoUsd;
    };
    expect(await costOf(200_000)).toBe(199_999n * 3_000n + 300n + 30_000n);
    expect(await costOf(200_001)).toBe(200_000n * 6_000n + 6_000n + 45_000n);
  });

  it("has images at the prices of text", async () => {
    const images = { promptTokens: 100, imagePromptTokens: 60, completionTokens: 50, imageCompletionTokens: 50 };
    expect(await partsOf("m", images, more)).toEqual([
      ["PROMPT", 40, 3n * USD, 120_000n],
      ["IMAGE_PROMPT", 60, 3n * USD, 180_000n],
      ["IMAGE_COMPLETION", 50, 15n * USD, 750_000n],
    ]);
  });

  it("is one figure if the upstream told one", async () => {
    expect(await partsOf("m", usage, { upstreamCostNanoUsd: 7n })).toEqual([["ANSWER", null, null, 7n]]);
  });
});

describe("the components of a cost", () => {
  /** Numbers that look random and are the same each time. */
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const rate = () => (random(5) === 0 ? null : BigInt(random(20_000_000)) * 7n);
  const randomPrice = (): AdminPrice => ({
    inputNanoUsdPerMillionTokens: rate() ?? 1n,
    outputNanoUsdPerMillionTokens: rate() ?? 1n,
    cachedInputNanoUsdPerMillionTokens: rate(),
    cacheWriteNanoUsdPerMillionTokens: rate(),
    oneHourCacheWriteNanoUsdPerMillionTokens: rate(),
    audioInputNanoUsdPerMillionTokens: rate(),
    audioOutputNanoUsdPerMillionTokens: rate(),
    longContext: null,
  });
  const randomUsage = (): Required<Omit<ReportedUsage, "otherTier">> => ({
    promptTokens: 1 + random(3_000),
    cachedPromptTokens: random(800),
    cacheWritePromptTokens: random(800),
    oneHourCacheWritePromptTokens: random(900),
    audioPromptTokens: random(800),
    imagePromptTokens: random(800),
    completionTokens: 1 + random(2_000),
    reasoningTokens: random(900),
    audioCompletionTokens: random(900),
    imageCompletionTokens: random(900),
    webSearches: random(3),
  });

  it("have all tokens once, add up to the cost, and none is off by a nano-dollar", async () => {
    for (let round = 0; round < 2_000; round += 1) {
      const [adminPrice, usage] = [randomPrice(), randomUsage()];
      const { costNanoUsd, components } = await priced("m", usage, { adminPrice });
      const sum = components.reduce((total, part) => total + (part.costNanoUsd ?? 0n), 0n);
      expect(components.reduce((total, { tokens }) => total + (tokens ?? 0), 0)).toBe(
        usage.promptTokens + usage.completionTokens,
      );
      if (costNanoUsd === null) continue;
      expect(sum).toBe(costNanoUsd);
      let exact = 0n;
      for (const { tokens, nanoUsdPerMillionTokens: perMillion, costNanoUsd: cost } of components) {
        if (cost === null) continue;
        const own = BigInt(tokens ?? 0) * (perMillion ?? 0n);
        exact += own;
        expect(cost).toBeGreaterThanOrEqual(0n);
        expect(Math.abs(Number(cost * 1_000_000n - own))).toBeLessThan(1_000_000);
      }
      expect(costNanoUsd).toBe((exact + 500_000n) / 1_000_000n);
    }
  });

  it("never cost less with more tokens of the same kind", async () => {
    for (let round = 0; round < 500; round += 1) {
      const [adminPrice, usage] = [randomPrice(), randomUsage()];
      const costOf = async (more: number) => {
        const completionTokens = usage.completionTokens + more;
        return (await priced("m", { ...usage, completionTokens }, { adminPrice })).costNanoUsd ?? 0n;
      };
      expect(await costOf(1 + random(50))).toBeGreaterThanOrEqual(await costOf(0));
    }
  });
});

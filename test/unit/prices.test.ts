import { calcPrice, findProvider } from "@pydantic/genai-prices";
import { describe, expect, it } from "vitest";
import { type Answered, priceAnswer as priceWithComponents } from "../../src/upstream/pricing/prices.js";
import type { ReportedUsage } from "../../src/upstream/provider.js";

const NO_MORE_PRICES = {
  cacheWriteNanoUsdPerMillionTokens: null,
  oneHourCacheWriteNanoUsdPerMillionTokens: null,
  audioInputNanoUsdPerMillionTokens: null,
  audioOutputNanoUsdPerMillionTokens: null,
  longContext: null,
};
const at = new Date("2026-11-01T12:00:00Z");

/** The price without what it consists of, which cost-components.test.ts is about. */
async function priceAnswer(answered: Answered) {
  const { components: _components, ...price } = await priceWithComponents(answered);
  return price;
}

function price(model: string, usage?: ReportedUsage, upstreamCostNanoUsd?: bigint) {
  return priceAnswer({ model, usage, upstreamCostNanoUsd, at });
}
async function cost(model: string, promptTokens: number, completionTokens: number, cachedPromptTokens?: number) {
  const cached = cachedPromptTokens === undefined ? {} : { cachedPromptTokens };
  return (await price(model, { promptTokens, completionTokens, ...cached })).costNanoUsd;
}

describe("the price of an answer", () => {
  it("is the upstream's own figure if it sent one", async () => {
    expect(await price("gpt-4", { promptTokens: 1, completionTokens: 1 }, 7n)).toEqual({
      costNanoUsd: 7n,
      source: "UPSTREAM",
    });
    expect(await price("nobody-knows-it", undefined, 7n)).toEqual({ costNanoUsd: 7n, source: "UPSTREAM" });
  });

  it("is the admin's before any other, rounded once, half up", async () => {
    const adminPrice = {
      inputNanoUsdPerMillionTokens: 150_000_000n,
      outputNanoUsdPerMillionTokens: 500_000n,
      cachedInputNanoUsdPerMillionTokens: null,
      ...NO_MORE_PRICES,
    };
    const cost = (promptTokens: number, completionTokens: number, more: object = {}, cachedPromptTokens = 0) => {
      const usage = { promptTokens, completionTokens, cachedPromptTokens };
      const price = { ...adminPrice, ...more };
      return priceAnswer({ model: "gpt-4", usage, adminPrice: price, upstreamCostNanoUsd: 7n, at });
    };
    expect(await cost(2_000, 0)).toEqual({ costNanoUsd: 300_000n, source: "ADMIN_PRICE" });
    // Half a nano-dollar a token of the answer.
    const halves = await Promise.all([1, 2, 3, 1_001].map((tokens) => cost(0, tokens)));
    expect(halves.map(({ costNanoUsd }) => costNanoUsd)).toEqual([1n, 1n, 2n, 501n]);
    expect((await cost(10, 0, {}, 4)).costNanoUsd).toBe(1_500n);
    expect((await cost(10, 0, { cachedInputNanoUsdPerMillionTokens: 0n }, 4)).costNanoUsd).toBe(900n);
    expect((await cost(10, 0, { cachedInputNanoUsdPerMillionTokens: 10_000_000n }, 4)).costNanoUsd).toBe(940n);
    expect(await cost(1, 1, { inputNanoUsdPerMillionTokens: 0n, outputNanoUsdPerMillionTokens: 0n })).toEqual({
      costNanoUsd: 0n,
      source: "ADMIN_PRICE",
    });
  });

  it("is not counted by the admin's price if the tokens are not known", async () => {
    const adminPrice = {
      inputNanoUsdPerMillionTokens: 1n,
      outputNanoUsdPerMillionTokens: 1n,
      cachedInputNanoUsdPerMillionTokens: null,
      ...NO_MORE_PRICES,
    };
    expect(await priceAnswer({ model: "m", usage: undefined, adminPrice, upstreamCostNanoUsd: 7n })).toEqual({
      costNanoUsd: 7n,
      source: "UPSTREAM",
    });
  });

  it.each([
    ["gpt-3.5-turbo", 500n, 1_500n],
    ["gpt-4", 30_000n, 60_000n],
    ["gpt-4-turbo", 10_000n, 30_000n],
    ["gpt-4o-mini", 150n, 600n],
  ])("of %s is %i nano-dollars a prompt token and %i a completion token", async (model, input, output) => {
    expect(await cost(model, 1, 0)).toBe(input);
    expect(await cost(model, 0, 1)).toBe(output);
    expect(await cost(model, 1_234_567, 89_012)).toBe(1_234_567n * input + 89_012n * output);
    expect(await price(model, { promptTokens: 0, completionTokens: 0 })).toEqual({
      costNanoUsd: 0n,
      source: "PRICE_TABLE",
    });
  });

  it("takes cached prompt tokens at their own price", async () => {
    // gpt-4o-mini: 0.15 USD a million, 0.075 cached.
    expect(await cost("gpt-4o-mini", 1_000, 0, 400)).toBe(600n * 150n + 400n * 75n);
    expect(await cost("gpt-4o-mini", 1_000, 0, 5_000)).toBe(1_000n * 75n);
    expect(await cost("gpt-4", 1_000, 0, 400)).toBe(1_000n * 30_000n);
  });

  it("is rounded once, half a nano-dollar up, although floats would sometimes round down", async () => {
    // gemini-1.5-flash is 0.01875 USD a million cached tokens, so 18.75 nano-dollars each; command-r7b is 37.5.
    expect(await cost("cohere/command-r7b", 1, 0)).toBe(38n);
    expect(await cost("cohere/command-r7b", 3, 0)).toBe(113n);
    expect(await cost("gemini-1.5-flash", 27_003, 8_795, 5_050)).toBe(4_379_663n);
    const theirs = { input_tokens: 27_003, output_tokens: 8_795, cache_read_tokens: 5_050 };
    expect(Math.round((calcPrice(theirs, "gemini-1.5-flash", { timestamp: at })?.total_price ?? 0) * 1e9)).toBe(
      4_379_662,
    );
  });

  it("takes the tier of a long prompt for all its tokens", async () => {
    // gemini-2.5-pro: 1.25 USD a million up to 200,000 tokens of prompt, 2.50 above; 10 and 15 for the answer.
    expect(await cost("gemini-2.5-pro", 200_000, 10)).toBe(200_000n * 1_250n + 10n * 10_000n);
    expect(await cost("gemini-2.5-pro", 200_001, 10)).toBe(200_001n * 2_500n + 10n * 15_000n);
  });

  it("agrees with the table's own sums for every model that we price, to the nano-dollar that their floats lose", async () => {
    const usage = { promptTokens: 123_457, completionTokens: 7_891, cachedPromptTokens: 100_003 };
    const theirs = { input_tokens: 123_457, output_tokens: 7_891, cache_read_tokens: 100_003 };
    let compared = 0;
    for (const id of ["openai", "anthropic", "groq", "mistral", "deepseek", "openrouter", "cohere", "perplexity"]) {
      for (const model of findProvider({ providerId: id })?.models ?? []) {
        const ours = (await price(`${id}/${model.id}`, usage)).costNanoUsd;
        const found = ours === null ? null : calcPrice(theirs, model.id, { providerId: id, timestamp: at });
        if (ours === null || !found) continue;
        compared += 1;
        expect(Math.abs(Number(ours) - found.total_price * 1e9), `${id}/${model.id}`).toBeLessThanOrEqual(0.501);
      }
    }
    expect(compared).toBeGreaterThan(500);
  });
});

describe("a model's name", () => {
  it.each([
    ["openai/gpt-4o-mini", "gpt-4o-mini"],
    ["azure/gpt-4o", "gpt-4o"],
    ["OpenAI/GPT-4", "gpt-4"],
    ["gpt-4-0613", "gpt-4"],
    ["gpt-4o-mini-2024-07-18", "gpt-4o-mini"],
    ["anthropic/claude-3-5-sonnet-20241022", "claude-3-5-sonnet-latest"],
    ["vertex_ai/claude-sonnet-4@20250514", "claude-sonnet-4-20250514"],
    ["bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0", "claude-3-5-sonnet"],
    ["gemini/gemini-2.5-pro", "gemini-2.5-pro"],
    ["openrouter/openai/gpt-4o", "gpt-4o"],
  ])("%s has the price of %s", async (model, same) => {
    expect(await cost(model, 1_000, 1_000)).not.toBeNull();
    expect(await cost(model, 1_000, 1_000)).toBe(await cost(same, 1_000, 1_000));
  });

  it.each([
    "gpt-4o-minix",
    "gpt-4-of-my-own",
    "my-gpt-4",
    "claude-3-opus-of-my-own",
    "my-claude-3-opus",
    "gemini-2.5-pro-of-my-own",
    "my-gemini-2.0-flash",
    "ft:gpt-4o-mini-2024-07-18:acme::id",
    "azure/my-deployment",
    "not-openai/gpt-4",
    "ollama/gpt-4",
    "openai/",
    "/",
    "",
    "__proto__/gpt-4",
    "constructor/gpt-4",
    "scripted-model",
  ])("that merely resembles a known one is unpriced: %j", async (model) => {
    expect(await price(model, { promptTokens: 1_000, completionTokens: 1_000 })).toEqual({
      costNanoUsd: null,
      source: "UNPRICED",
    });
  });
});

describe("an answer is unpriced", () => {
  it("if its usage is not known", async () => {
    expect(await price("gpt-4")).toEqual({ costNanoUsd: null, source: "UNPRICED" });
  });

  it("if the table has no price for the answer of such a model", async () => {
    expect((await price("text-embedding-3-small", { promptTokens: 10, completionTokens: 10 })).source).toBe("UNPRICED");
  });

  it("if the model charges for something that the usage does not count separately", async () => {
    expect((await price("perplexity/sonar-deep-research", { promptTokens: 10, completionTokens: 10 })).source).toBe(
      "UNPRICED",
    );
  });
});

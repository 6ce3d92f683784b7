import { describe, expect, it } from "vitest";
import { callsOf } from "../../kit/calls-of.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { chunk, DONE, eventsOf, sent, usageChunk, whole } from "../../kit/upstream/upstream-answers.js";

const gateway = useGateway({ upstream: "scripted" });

interface Expected {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedPromptTokens?: number;
  readonly reasoningTokens?: number;
}

const FAMILIES: readonly [who: string, usage: object, expected: Expected][] = [
  ["OpenAI", { prompt_tokens: 12, completion_tokens: 6, total_tokens: 18 }, { promptTokens: 12, completionTokens: 6 }],
  [
    "OpenAI with details",
    {
      prompt_tokens: 12,
      completion_tokens: 6,
      prompt_tokens_details: { cached_tokens: 10 },
      completion_tokens_details: { reasoning_tokens: 2 },
    },
    { promptTokens: 12, completionTokens: 6, cachedPromptTokens: 10, reasoningTokens: 2 },
  ],
  [
    "DeepSeek",
    {
      prompt_tokens: 1_000,
      completion_tokens: 100,
      total_tokens: 1_100,
      prompt_cache_hit_tokens: 800,
      prompt_cache_miss_tokens: 200,
    },
    { promptTokens: 1_000, completionTokens: 100, cachedPromptTokens: 800 },
  ],
  [
    "xAI: reasoning beside the completion",
    {
      prompt_tokens: 50,
      completion_tokens: 20,
      total_tokens: 270,
      completion_tokens_details: { reasoning_tokens: 200 },
    },
    { promptTokens: 50, completionTokens: 220, reasoningTokens: 200 },
  ],
  [
    "xAI without a total: more reasoning than completion",
    { prompt_tokens: 50, completion_tokens: 20, completion_tokens_details: { reasoning_tokens: 200 } },
    { promptTokens: 50, completionTokens: 220, reasoningTokens: 200 },
  ],
  [
    "Gemini: a total above the sum",
    { prompt_tokens: 50, completion_tokens: 20, total_tokens: 270 },
    { promptTokens: 50, completionTokens: 220, reasoningTokens: 200 },
  ],
  [
    "Gemini's own names",
    {
      promptTokenCount: 50,
      candidatesTokenCount: 20,
      thoughtsTokenCount: 200,
      totalTokenCount: 270,
      cachedContentTokenCount: 40,
    },
    { promptTokens: 50, completionTokens: 220, reasoningTokens: 200, cachedPromptTokens: 40 },
  ],
  [
    "Anthropic: what the cache read and wrote is not among the input",
    { input_tokens: 10, output_tokens: 6, cache_read_input_tokens: 800, cache_creation_input_tokens: 90 },
    { promptTokens: 900, completionTokens: 6, cachedPromptTokens: 800 },
  ],
  [
    "LiteLLM in front of Anthropic: it is",
    {
      prompt_tokens: 900,
      completion_tokens: 6,
      total_tokens: 906,
      cache_read_input_tokens: 800,
      cache_creation_input_tokens: 90,
    },
    { promptTokens: 900, completionTokens: 6, cachedPromptTokens: 800 },
  ],
  [
    "Portkey in front of Anthropic: it is in the total only",
    {
      prompt_tokens: 10,
      completion_tokens: 6,
      total_tokens: 906,
      cache_read_input_tokens: 800,
      cache_creation_input_tokens: 90,
    },
    { promptTokens: 900, completionTokens: 6, cachedPromptTokens: 800 },
  ],
  [
    "Bedrock's proxies: the same, with the name in the details",
    { prompt_tokens: 10, completion_tokens: 6, total_tokens: 816, prompt_tokens_details: { cached_tokens: 800 } },
    { promptTokens: 810, completionTokens: 6, cachedPromptTokens: 800 },
  ],
  [
    "OpenAI's newer names",
    {
      input_tokens: 12,
      output_tokens: 6,
      total_tokens: 18,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens_details: { reasoning_tokens: 2 },
    },
    { promptTokens: 12, completionTokens: 6, cachedPromptTokens: 4, reasoningTokens: 2 },
  ],
  [
    "Moonshot",
    { prompt_tokens: 12, completion_tokens: 6, cached_tokens: 4 },
    { promptTokens: 12, completionTokens: 6, cachedPromptTokens: 4 },
  ],
  [
    "Mistral",
    { prompt_tokens: 12, completion_tokens: 6, total_tokens: 18, num_cached_tokens: 4 },
    { promptTokens: 12, completionTokens: 6, cachedPromptTokens: 4 },
  ],
  [
    "a detail above its whole is left out",
    { prompt_tokens: 12, completion_tokens: 6, prompt_tokens_details: { cached_tokens: 13 } },
    { promptTokens: 12, completionTokens: 6 },
  ],
  [
    "more than 2^31",
    { prompt_tokens: 3_000_000_000, completion_tokens: 6 },
    { promptTokens: 3_000_000_000, completionTokens: 6 },
  ],
];

const streamOf = (usage: unknown) =>
  sent(eventsOf(chunk({ content: "Hi" }), chunk({}, "stop"), usageChunk(usage as object)) + DONE);
const plainOf = (usage: unknown) => sent(JSON.stringify(whole({ content: "Hi" }, "stop", { usage })));

describe("the tokens that an upstream reports", () => {
  it.each(FAMILIES)(
    "%s",
    async (_, usage, { promptTokens, completionTokens, cachedPromptTokens = null, reasoningTokens = null }) => {
      const totalTokens = promptTokens + completionTokens;
      const expected = {
        promptTokens,
        completionTokens,
        totalTokens,
        cachedPromptTokens,
        reasoningTokens,
        source: "REPORTED",
      };
      expect((await (await callsOf(gateway, plainOf(usage))).run()).usage).toEqual(expected);
      const calls = await callsOf(gateway, streamOf(usage));
      expect((await calls.stream()).call.usage).toEqual(expected);
      const told = (await calls.chunks()).chunks.at(-1).usage;
      expect(told).toMatchObject({
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        total_tokens: totalTokens,
      });
    },
  );

  it("are found where Ollama, Groq and Moonshot put them", async () => {
    const usage = { prompt_tokens: 12, completion_tokens: 6 };
    const end = (more: object) => sent(eventsOf(chunk({ content: "Hi" }), { ...chunk({}, "stop"), ...more }) + DONE);
    const inChoice = { choices: [{ index: 0, delta: {}, finish_reason: "stop", usage }] };
    for (const more of [
      { usage: {}, x_groq: { id: "x", usage } },
      { prompt_eval_count: 12, eval_count: 6 },
      inChoice,
    ]) {
      const { call } = await (await callsOf(gateway, end(more))).stream();
      expect(call.usage, JSON.stringify(more)).toMatchObject({
        promptTokens: 12,
        completionTokens: 6,
        source: "REPORTED",
      });
    }
  });

  it.each([
    { prompt_tokens: -1, completion_tokens: 6 },
    { prompt_tokens: 12, completion_tokens: 1.5 },
    { prompt_tokens: "12", completion_tokens: "6" },
    { prompt_tokens: 12, completion_tokens: 1e15 },
    { input_tokens: true, output_tokens: 6 },
  ])("are UNKNOWN if they cannot be counts: %j", async (usage) => {
    for (const behaviour of [plainOf(usage), streamOf(usage)]) {
      const call = await (await callsOf(gateway, behaviour)).run();
      expect(call).toMatchObject({ status: "SUCCEEDED", usage: { totalTokens: 0, source: "UNKNOWN" }, costUsd: null });
    }
  });

  it.each([null, {}, { total_tokens: 18 }, { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }])(
    "are counted if none are reported beside an answer: %j",
    async (usage) => {
      const { usage: counted } = await (await callsOf(gateway, streamOf(usage))).run();
      expect(counted).toMatchObject({ completionTokens: 1, source: "ESTIMATED" });
      expect(counted.promptTokens).toBeGreaterThan(5);
    },
  );

  it("count once if each chunk tells the sum so far, also if the stream is then cut", async () => {
    const soFar = (tokens: number) => ({ usage: { prompt_tokens: 5_000, completion_tokens: tokens } });
    const body = eventsOf(chunk({ content: "a" }, null, soFar(1)), chunk({ content: "b" }, null, soFar(40)));
    const expected = { promptTokens: 5_000, completionTokens: 40, source: "REPORTED" };
    const ended = await callsOf(gateway, sent(body + eventsOf(chunk({}, "stop")) + DONE));
    expect((await ended.stream()).call).toMatchObject({ status: "SUCCEEDED", usage: expected });
    const zeros = { usage: { prompt_tokens: 0, completion_tokens: 0 } };
    const zeroed = await callsOf(gateway, sent(body + eventsOf(chunk({}, "stop", zeros)) + DONE));
    expect((await zeroed.stream()).call).toMatchObject({ status: "SUCCEEDED", usage: expected });
    const cut = await callsOf(gateway, sent(body, { connection: "is cut" }));
    expect((await cut.stream()).call).toMatchObject({ status: "FAILED", usage: expected });
  });

  it("cost what Perplexity says in the sum of its cost", async () => {
    const usage = { prompt_tokens: 12, completion_tokens: 6, cost: { request_cost: 0.005, total_cost: 0.008 } };
    for (const behaviour of [plainOf(usage), streamOf(usage)])
      expect(await (await callsOf(gateway, behaviour)).run()).toMatchObject({ costUsd: "0.008" });
  });

  it("reach /v1 with the details that came, but not what the upstream charges the operator", async () => {
    const details = {
      prompt_tokens_details: { cached_tokens: 4, audio_tokens: 1 },
      completion_tokens_details: { accepted_prediction_tokens: 3 },
      prompt_cache_hit_tokens: 4,
    };
    const usage = {
      prompt_tokens: 12,
      completion_tokens: 6,
      total_tokens: 18,
      ...details,
      cost: 0.5,
      cost_details: { upstream: 1 },
    };
    for (const behaviour of [plainOf(usage), streamOf(usage)]) {
      const calls = await callsOf(gateway, behaviour);
      const expected = { prompt_tokens: 12, completion_tokens: 6, total_tokens: 18, ...details };
      expect((await calls.complete()).usage).toEqual(expected);
      expect((await calls.chunks()).chunks.at(-1).usage).toEqual(expected);
      expect((await calls.run()).extensions.usage).toEqual(details);
    }
  });
});

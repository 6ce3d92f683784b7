import { describe, expect, it } from "vitest";
import { message } from "../../kit/upstream/anthropic-answers.js";
import { sent, whole } from "../../kit/upstream/upstream-answers.js";
import { answer, error } from "../../kit/upstream/upstream-behaviours.js";
import { useTwoUpstreams } from "../../kit/upstream/use-upstreams.js";
import { name, type TestJob } from "../../kit/world.js";

const SET = "mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }";
const CALL = `query ($id: ID!) { llmCall(id: $id) { costUsd costSource hasUnpricedPart
  usage { promptTokens cachedPromptTokens cacheWritePromptTokens oneHourCacheWritePromptTokens audioPromptTokens audioCompletionTokens }
  attempts { costUsd costSource usage { cacheWritePromptTokens audioPromptTokens }
    costComponents { component tokens usdPerMillionTokens costUsd source } } } }`;

const { gateway, east, west } = useTwoUpstreams(
  { west: { kind: "anthropic", apiKeyEnv: "WEST_KEY" } },
  {
    env: { WEST_KEY: "sk-ant-of-the-west" },
  },
);
const SOUND = {
  prompt_tokens: 163,
  completion_tokens: 93,
  prompt_tokens_details: { audio_tokens: 144 },
  completion_tokens_details: { audio_tokens: 72 },
};
const setPrice = (model: string, more: object = {}) =>
  gateway.admin.data(SET, {
    input: { model, inputUsdPerMillionTokens: "2.5", outputUsdPerMillionTokens: "10", ...more },
  });
const jobOf = async (models: string[], team: object = {}) => (await gateway.world.team({ models, ...team })).job();
const readAs = async (client: TestJob["team"]["client"], id: string) => (await client.data(CALL, { id })).llmCall;
const callOf = async (job: TestJob) => readAs(gateway.admin, (await job.call()).id);
const component = (
  name: string,
  tokens: number,
  price: string | null,
  costUsd: string | null,
  source = "PRICE_TABLE",
) => ({
  component: name,
  tokens,
  usdPerMillionTokens: price,
  costUsd,
  source,
});

describe("what a call's cost consists of", () => {
  it("has what Anthropic's cache read and wrote, by the price table", async () => {
    const usage = {
      input_tokens: 100,
      output_tokens: 10,
      cache_read_input_tokens: 1_000,
      cache_creation_input_tokens: 500,
      cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 200 },
    };
    west.on("claude-sonnet-4-5", sent(message([{ type: "text", text: "Hi" }], { usage })));
    const call = await callOf(await jobOf(["west/claude-sonnet-4-5"]));
    expect(call).toEqual({
      costUsd: "0.003075",
      costSource: "PRICE_TABLE",
      hasUnpricedPart: false,
      usage: {
        promptTokens: 1_600,
        cachedPromptTokens: 1_000,
        cacheWritePromptTokens: 500,
        oneHourCacheWritePromptTokens: 200,
        audioPromptTokens: null,
        audioCompletionTokens: null,
      },
      attempts: [
        {
          costUsd: "0.003075",
          costSource: "PRICE_TABLE",
          usage: { cacheWritePromptTokens: 500, audioPromptTokens: null },
          costComponents: [
            component("PROMPT", 100, "3", "0.0003"),
            component("CACHE_READ", 1_000, "0.3", "0.0003"),
            component("CACHE_WRITE", 300, "3.75", "0.001125"),
            component("ONE_HOUR_CACHE_WRITE", 200, "6", "0.0012"),
            component("COMPLETION", 10, "15", "0.00015"),
          ],
        },
      ],
    });
  });

  it("says which part has no price, and its job counts such calls", async () => {
    const model = name("model");
    east.on(model, answer({ usage: SOUND }));
    await setPrice(`east/${model}`, { audioInputUsdPerMillionTokens: "40" });
    const job = await jobOf([`east/${model}`]);
    const call = await callOf(job);
    expect(call).toMatchObject({ costUsd: "0.0060175", costSource: "ADMIN_PRICE", hasUnpricedPart: true });
    expect(call.usage).toMatchObject({ audioPromptTokens: 144, audioCompletionTokens: 72 });
    expect(call.attempts[0].costComponents).toEqual([
      component("PROMPT", 19, "2.5", "0.0000475", "ADMIN_PRICE"),
      component("AUDIO_PROMPT", 144, "40", "0.00576", "ADMIN_PRICE"),
      component("COMPLETION", 21, "10", "0.00021", "ADMIN_PRICE"),
      component("AUDIO_COMPLETION", 72, null, null, "UNPRICED"),
    ]);
    await setPrice(`east/${model}`, { audioInputUsdPerMillionTokens: "40", audioOutputUsdPerMillionTokens: "80" });
    expect(await callOf(job)).toMatchObject({ costUsd: "0.0117775", hasUnpricedPart: false });
    const { costs } = await job.complete();
    expect(costs).toMatchObject({ totalCostUsd: "0.017795", unpricedCalls: 0, partlyUnpricedCalls: 1 });
  });

  it("says that searches of the web are not in it, because nobody tells their price", async () => {
    const usage = { input_tokens: 100, output_tokens: 10, server_tool_use: { web_search_requests: 2 } };
    west.on("claude-haiku-4-5", sent(message([{ type: "text", text: "Hi" }], { usage })));
    const call = await callOf(await jobOf(["west/claude-haiku-4-5"]));
    expect(call).toMatchObject({ costUsd: "0.00015", hasUnpricedPart: true });
    expect(call.attempts[0].costComponents).toEqual([
      component("PROMPT", 100, "1", "0.0001"),
      component("COMPLETION", 10, "5", "0.00005"),
      { component: "WEB_SEARCH", tokens: null, usdPerMillionTokens: null, costUsd: null, source: "UNPRICED" },
    ]);
  });

  it("has the prices of long prompts, one token above the threshold", async () => {
    const model = name("model");
    await setPrice(`east/${model}`, {
      longContext: { thresholdTokens: 1_000, inputUsdPerMillionTokens: "5", outputUsdPerMillionTokens: "15" },
    });
    const job = await jobOf([`east/${model}`]);
    const costOf = async (prompt_tokens: number) => {
      east.on(model, answer({ usage: { prompt_tokens, completion_tokens: 100 } }));
      return (await callOf(job)).costUsd;
    };
    expect(await costOf(1_000)).toBe("0.0035");
    expect(await costOf(1_001)).toBe("0.006505");
  });

  it("is the upstream's figure if that is known, and nobody's if it served another tier at an unknown price", async () => {
    const usage = { prompt_tokens: 12, completion_tokens: 6 };
    east.on("gpt-4o-mini", sent(JSON.stringify(whole({ content: "Hi" }, "stop", { usage, service_tier: "flex" }))));
    const job = await jobOf(["east/gpt-4o-mini"]);
    expect(await callOf(job)).toMatchObject({
      costUsd: null,
      costSource: "UNPRICED",
      hasUnpricedPart: false,
      attempts: [
        {
          costComponents: [
            component("PROMPT", 12, null, null, "UNPRICED"),
            component("COMPLETION", 6, null, null, "UNPRICED"),
          ],
        },
      ],
    });
    east.on("gpt-4o-mini", answer({ usage, headers: { "x-litellm-response-cost": "0.000001" } }));
    expect(await callOf(job)).toMatchObject({
      costUsd: "0.000001",
      attempts: [
        {
          costComponents: [
            { component: "ANSWER", tokens: null, usdPerMillionTokens: null, costUsd: "0.000001", source: "UPSTREAM" },
          ],
        },
      ],
    });
  });

  it("is empty for an attempt that nobody bills, and has the markup for whoever is not the admin", async () => {
    const model = name("model");
    east.on(model, error(503));
    west.on(model, sent(message([{ type: "text", text: "Hi" }])));
    for (const upstream of ["east", "west"]) await setPrice(`${upstream}/${model}`);
    const job = await jobOf([`east/${model}`, `west/${model}`], {
      billing: { mode: "USD", creditsPerUsd: "1", markupPercent: "50" },
    });
    const { id } = await job.call();
    const shown = (await readAs(job.team.client, id)).attempts;
    expect(shown[0].costComponents).toEqual([]);
    expect(shown[1]).toMatchObject({ costUsd: "0.00031875" });
    expect(shown[1].costComponents).toEqual([
      component("PROMPT", 25, "3.75", "0.00009375", "ADMIN_PRICE"),
      component("COMPLETION", 15, "15", "0.000225", "ADMIN_PRICE"),
    ]);
    expect((await readAs(gateway.admin, id)).attempts[1].costUsd).toBe("0.0002125");
  });
});

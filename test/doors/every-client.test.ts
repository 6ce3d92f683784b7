import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { block, events, message, start, stop, text } from "../kit/upstream/anthropic-answers.js";
import { sent } from "../kit/upstream/upstream-answers.js";
import { answer, error } from "../kit/upstream/upstream-behaviours.js";
import { useTwoUpstreams } from "../kit/upstream/use-upstreams.js";
import { name } from "../kit/world.js";

const { gateway, east, west } = useTwoUpstreams({ east: { kind: "anthropic" }, west: { kind: "openai" } });

const SET_PRICE = "mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }";
const SUMMARY = `query ($id: ID!) { job(id: $id) { costs { totalCalls successfulCalls promptTokens completionTokens totalTokens totalCostUsd }
  llmCalls(first: 10) { nodes { provider attempts { upstream status costUsd } } } } }`;

/** A team whose group asks a model of Anthropic's first, and one of OpenAI's if that fails. Each has a price. */
async function clients() {
  const [claude, gpt] = [name("claude"), name("gpt")];
  for (const [model, usd] of [
    [`east/${claude}`, "2"],
    [`west/${gpt}`, "3"],
  ])
    await gateway.admin.data(SET_PRICE, {
      input: { model, inputUsdPerMillionTokens: usd, outputUsdPerMillionTokens: usd },
    });
  const team = await gateway.world.team({ models: [`east/${claude}`, `west/${gpt}`] });
  const job = await team.job();
  const defaultHeaders = { "X-Job-Id": job.id };
  const openai = new OpenAI({ apiKey: team.secret, baseURL: `${gateway.url}/v1`, maxRetries: 0, defaultHeaders });
  const anthropic = new Anthropic({ apiKey: team.secret, baseURL: gateway.url, maxRetries: 0, defaultHeaders });
  return { claude, gpt, team, job, openai, anthropic, model: team.modelGroup };
}

const HELLO = { role: "user" as const, content: "Hello" };

describe("one job", () => {
  it("takes calls of every door, asked of Anthropic natively, and shows one right summary", async () => {
    const { claude, gpt, job, openai, anthropic, model, team } = await clients();
    east.on(claude, sent(message([{ type: "text", text: "Hi." }])));
    const saidAll = [
      (await job.call()).content,
      (await openai.chat.completions.create({ model, messages: [HELLO] })).choices[0]?.message.content,
      (await openai.responses.create({ model, input: "Hello" })).output_text,
      (await anthropic.messages.create({ model, max_tokens: 10, messages: [HELLO] })).content,
    ];
    expect(saidAll).toEqual(["Hi.", "Hi.", "Hi.", [expect.objectContaining({ type: "text", text: "Hi." })]]);
    // Anthropic has no room, and its client is answered by OpenAI's model in Anthropic's form.
    east.on(claude, error(529, { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }));
    west.on(gpt, answer({ content: "From OpenAI." }));
    const fallen = await anthropic.messages.create({ model, max_tokens: 10, messages: [HELLO] });
    expect(fallen).toMatchObject({ stop_reason: "end_turn", content: [{ text: "From OpenAI." }] });
    await job.complete();
    const { costs, llmCalls } = (await team.client.data(SUMMARY, { id: job.id })).job;
    // Four answers of Anthropic's took 25 and 15 tokens each, at 2 USD a million; the last took 12 and 6, at 3 USD.
    expect(costs).toEqual({
      totalCalls: 5,
      successfulCalls: 5,
      promptTokens: 4 * 25 + 12,
      completionTokens: 4 * 15 + 6,
      totalTokens: 178,
      totalCostUsd: "0.000374",
    });
    expect(llmCalls.nodes.map(({ provider }: { provider: string }) => provider)).toEqual([
      ...Array.from({ length: 4 }, () => "anthropic"),
      "openai",
    ]);
    expect(llmCalls.nodes.at(-1).attempts).toEqual([
      { upstream: "east", status: "FAILED", costUsd: null },
      { upstream: "west", status: "SUCCEEDED", costUsd: "0.000054" },
    ]);
  });
});

describe("Anthropic's client in front of Anthropic", () => {
  const thought = { type: "thinking", thinking: "Let me see.", signature: "EqQBCg" };
  const use = { type: "tool_use", id: "toolu_1", name: "look", input: {} };

  it("streams thoughts with their signature and tools, and sends both back as they came", async () => {
    const { claude, anthropic, model } = await clients();
    const parts = [
      { type: "thinking_delta", thinking: "Let me see." },
      { type: "signature_delta", signature: "EqQBCg" },
    ];
    const input = { type: "input_json_delta", partial_json: '{"at":"gate"}' };
    east.on(
      claude,
      sent(
        events(
          start(),
          ...block(0, { type: "thinking", thinking: "", signature: "" }, ...parts),
          ...text(1, "I look."),
          ...block(2, use, input),
          ...stop("tool_use"),
        ),
      ),
    );
    const tools = [{ name: "look", input_schema: { type: "object" as const, properties: { at: { type: "string" } } } }];
    const thinking = { type: "enabled" as const, budget_tokens: 1_024 };
    const asked = { model, max_tokens: 2_000, thinking, tools };
    const first = await anthropic.messages.stream({ ...asked, messages: [HELLO] }).finalMessage();
    expect(first).toMatchObject({
      stop_reason: "tool_use",
      content: [thought, { type: "text", text: "I look." }, { ...use, input: { at: "gate" } }],
    });
    east.on(claude, sent(message([{ type: "text", text: "It is open." }])));
    const result = { type: "tool_result" as const, tool_use_id: "toolu_1", content: "open" };
    await anthropic.messages.create({
      ...asked,
      messages: [HELLO, { role: "assistant", content: first.content }, { role: "user", content: [result] }],
    });
    const { body } = east.requests.at(-1) ?? {};
    expect(body).toMatchObject({ model: claude, thinking, max_tokens: 2_000, tools });
    expect(body.messages.slice(1)).toEqual([
      {
        role: "assistant",
        content: [thought, { type: "text", text: "I look." }, { ...use, input: { at: "gate" } }],
      },
      { role: "user", content: [{ ...result, content: [{ type: "text", text: "open" }] }] },
    ]);
  });

  it("keeps marks for the cache, and reads what the cache did", async () => {
    const { claude, anthropic, model } = await clients();
    const usage = { input_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 90, output_tokens: 5 };
    east.on(claude, sent(message([{ type: "text", text: "Hi." }], { usage })));
    const system = [{ type: "text" as const, text: "Long.", cache_control: { type: "ephemeral" as const } }];
    const answered = await anthropic.messages.create({ model, max_tokens: 10, system, messages: [HELLO] });
    expect(answered.usage).toMatchObject({ input_tokens: 10, cache_read_input_tokens: 90, output_tokens: 5 });
    expect(east.requests.at(-1)?.body.system).toEqual(system);
  });
});

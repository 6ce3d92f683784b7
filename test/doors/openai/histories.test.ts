import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = openAiOf(gateway);

/** Sends a request over /v1 and returns what the upstream got. */
async function passedOn(change: Record<string, unknown>) {
  const { openai, chat, model } = await teamWith();
  const got = await openai.chat.completions.create({ ...chat, ...change } as never);
  expect(got.choices[0]?.message.content).toBe("This is a scripted answer.");
  return gateway.upstream.requests.findLast(({ body }) => body.model === model)?.body;
}

const QUESTION = { role: "user", content: "Hi" };
const ASKED = { name: "f", arguments: "{}" };
const TOOL_CALLS = [{ id: "call_1", type: "function", function: ASKED }];

describe("a conversation as real clients keep it passes on", () => {
  it.each<[string, object]>([
    ["an empty text of the user", { role: "user", content: "" }],
    ["an empty text of the system", { role: "system", content: "" }],
    ["an empty text of the developer", { role: "developer", content: "" }],
    ["a system prompt without parts", { role: "system", content: [] }],
    ["a question without parts", { role: "user", content: [] }],
    ["an answer without parts", { role: "assistant", content: [] }],
    ["an empty answer", { role: "assistant", content: "" }],
    ["an answer of nothing", { role: "assistant", content: null }],
    ["a refusal", { role: "assistant", content: null, refusal: "I cannot." }],
    ["audio", { role: "assistant", content: null, audio: { id: "audio_1" } }],
    ["an older function call", { role: "assistant", content: null, function_call: ASKED }],
    ["its result", { role: "function", name: "f", content: "42" }],
    ["its result without content", { role: "function", name: "f", content: null }],
    ["an empty result of a tool", { role: "tool", content: "", tool_call_id: "call_1" }],
    ["tool calls beside an empty text", { role: "assistant", content: "", tool_calls: TOOL_CALLS }],
    ["reasoning", { role: "assistant", content: "Hm.", reasoning_content: "Greet." }],
  ])("%s", async (_, message) => {
    const { messages } = await passedOn({ messages: [QUESTION, message, QUESTION] });
    expect(messages).toEqual([QUESTION, message, QUESTION]);
  });

  it.each<[string, object, object]>([
    ["null", { role: "assistant", content: "Hm.", tool_calls: null }, { role: "assistant", content: "Hm." }],
    ["an empty list", { role: "assistant", content: "Hm.", tool_calls: [] }, { role: "assistant", content: "Hm." }],
    ["left out with the text", { role: "assistant", tool_calls: [] }, { role: "assistant", content: null }],
  ])("tool calls that are %s are not sent on", async (_, message, expected) => {
    expect((await passedOn({ messages: [QUESTION, message] })).messages[1]).toEqual(expected);
  });

  it("empty lists of tools and stop texts, null and one answer count as left out", async () => {
    const nulls = { stream_options: null, temperature: null, tool_choice: null, user: null, logit_bias: null };
    const sent = await passedOn({ tools: [], stop: [], n: 1, ...nulls });
    expect(Object.keys(sent).sort()).toEqual(["messages", "model", "stream"]);
  });

  it("no id of a tool call from an older function call that has no result after it", async () => {
    const asked = { role: "assistant", content: null, function_call: ASKED };
    const other = { role: "function", name: "g", content: "42" };
    expect((await passedOn({ messages: [QUESTION, asked, other] })).messages).toEqual([QUESTION, asked, other]);
  });
});

describe("a request that no model can answer is refused with the place", () => {
  it.each<[Record<string, unknown>, string, RegExp]>([
    [{ n: 2 }, "n", /must be 1, .* several calls .* idempotency key of its own, got 2/],
    [{ messages: [{ role: "user", content: null }] }, "messages[0]", /content or parts/],
    [{ messages: [{ role: "user" }] }, "messages[0]", /content or parts/],
    [{ messages: [{ role: "wizard", content: "a" }] }, "messages[0].role", /"function", got "wizard"/],
    [{ messages: [{ role: "function", content: "42" }] }, "messages[0].name", /function/],
    [{ messages: [{ role: "user", content: "Hi \ud83d" }] }, "messages[0].content", /surrogate pair at position 3/],
    [{ messages: [QUESTION], user: "\ud83d" }, "user", /surrogate pair at position 0/],
    [{ messages: [{ ...QUESTION, tool_calls: TOOL_CALLS }] }, "messages[0].tool_calls", /ASSISTANT/],
  ])("%j", async (change, param, message) => {
    const { openai, chat } = await teamWith();
    const refused = await openai.chat.completions.create({ ...chat, ...change } as never).catch((error) => error);
    expect(refused).toMatchObject({ status: 400, param });
    expect(refused.message).toMatch(message);
  });
});

describe("an address that was put together loosely leads to the same place", () => {
  it.each(["//chat/completions", "/chat/completions/", "//chat//completions//"])("/v1%s", async (path) => {
    const { team, chat } = await teamWith();
    const { status, body } = await gateway.rest(team.secret).send("POST", `/v1${path}`, chat);
    expect({ status, body }).toMatchObject({ status: 200, body: { object: "chat.completion" } });
  });

  it.each(["//v1/models", "/v1/models/", "//api/model-groups", "/api/model-groups/"])("%s", async (path) => {
    const { team } = await teamWith();
    expect((await gateway.rest(team.secret).send("GET", path)).status).toBe(200);
  });
});

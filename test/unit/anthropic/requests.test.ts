import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anthropic } from "../../../src/upstream/anthropic/anthropic.js";
import type { ChatMessage, ChatRequest, Provider } from "../../../src/upstream/provider.js";
import { message } from "../../kit/upstream/anthropic-answers.js";
import { ask } from "../../kit/upstream/ask.js";
import { type ScriptedUpstream, startUpstream } from "../../kit/upstream/upstream.js";
import { sent } from "../../kit/upstream/upstream-answers.js";

let upstream: ScriptedUpstream;
let provider: Provider;

beforeAll(async () => {
  upstream = await startUpstream();
  upstream.on("claude", sent(message([{ type: "text", text: "Hi" }])));
  provider = anthropic({ url: upstream.url, apiKey: "sk-ant-upstream", headers: { "anthropic-beta": "x" } });
});
afterAll(async () => {
  await upstream.close();
  await provider.close();
});

const user = (content: ChatMessage["content"]): ChatMessage => ({ role: "user", content });
const HELLO = user("Hello");

async function bodyFor(given: Partial<ChatRequest>) {
  await ask(provider, { model: "claude", messages: [HELLO], ...given });
  const { body } = upstream.requests.at(-1) ?? {};
  return body;
}
const turnsFor = async (...messages: ChatMessage[]) => (await bodyFor({ messages })).messages;

describe("a request", () => {
  it("goes to /messages with the key, the version and a limit", async () => {
    const body = await bodyFor({});
    expect(body).toEqual({
      model: "claude",
      max_tokens: 4096,
      messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
      stream: false,
    });
    expect(upstream.requests.at(-1)).toMatchObject({
      path: "/v1/messages",
      headers: { "x-api-key": "sk-ant-upstream", "anthropic-version": "2023-06-01", "anthropic-beta": "x" },
    });
  });

  it.each<[object, object]>([
    [{ max_tokens: 5 }, { max_tokens: 5 }],
    [{ max_completion_tokens: 7, max_tokens: 5 }, { max_tokens: 7 }],
    [{ temperature: 1.7 }, { temperature: 1 }],
    [
      { temperature: 0.2, top_p: 0.5, top_k: 3 },
      { temperature: 0.2, top_p: 0.5, top_k: 3 },
    ],
    [{ stop: "END" }, { stop_sequences: ["END"] }],
    [{ stop: ["a", "b"] }, { stop_sequences: ["a", "b"] }],
    [{ user: "u-1" }, { metadata: { user_id: "u-1" } }],
    [{ reasoning_effort: "minimal" }, { thinking: { type: "adaptive" }, output_config: { effort: "low" } }],
    [{ reasoning_effort: "none" }, {}],
    [
      { thinking: { type: "enabled", budget_tokens: 2048 } },
      { thinking: { type: "enabled", budget_tokens: 2048 }, max_tokens: 6144 },
    ],
    [{ frequency_penalty: 1, seed: 7, logprobs: true, logit_bias: {}, stream_options: {} }, {}],
    [
      { response_format: { type: "json_schema", json_schema: { name: "x", schema: { type: "object" } } } },
      { output_config: { format: { type: "json_schema", schema: { type: "object" } } } },
    ],
    [
      { response_format: { type: "json_object" } },
      { system: [{ type: "text", text: "Answer with one JSON object and with nothing beside it." }] },
    ],
    [{ response_format: { type: "text" } }, {}],
  ])("says %j as %j", async (options, expected) => {
    const plain = await bodyFor({});
    expect(await bodyFor({ options: options as ChatRequest["options"] })).toEqual({ ...plain, ...expected });
  });

  const parameters = { type: "object", properties: { city: { type: "string" } } };
  const tool = { type: "function", function: { name: "weather", description: "Tells it.", parameters, strict: true } };
  const tools = [tool, { type: "function", function: { name: "now" }, cache_control: { type: "ephemeral" } }];

  it("has tools in Anthropic's words", async () => {
    expect((await bodyFor({ options: { tools } })).tools).toEqual([
      { name: "weather", description: "Tells it.", input_schema: parameters, strict: true },
      { name: "now", input_schema: { type: "object" }, cache_control: { type: "ephemeral" } },
    ]);
    const own = { type: "web_search_20250305", name: "web_search" };
    expect((await bodyFor({ options: { tools: [own] } })).tools).toEqual([own]);
  });

  it.each<[unknown, boolean | undefined, object | undefined]>([
    [undefined, undefined, undefined],
    ["auto", undefined, { type: "auto" }],
    ["none", undefined, { type: "none" }],
    ["required", false, { type: "any", disable_parallel_tool_use: true }],
    [undefined, false, { type: "auto", disable_parallel_tool_use: true }],
    [{ type: "function", function: { name: "now" } }, true, { type: "tool", name: "now" }],
  ])("says tool_choice %j", async (choice, parallel, expected) => {
    const options = { tools, tool_choice: choice, parallel_tool_calls: parallel };
    expect((await bodyFor({ options })).tool_choice).toEqual(expected);
  });
});

describe("a conversation", () => {
  it("has its system prompt apart, with the marks for the cache", async () => {
    const cached = { type: "text", text: "Long.", cache_control: { type: "ephemeral" } };
    const body = await bodyFor({
      messages: [{ role: "system", content: [cached] }, HELLO, { role: "developer", content: "Be brief." }],
    });
    expect(body.system).toEqual([cached, { type: "text", text: "Be brief." }]);
    expect(body.messages).toHaveLength(1);
  });

  it("has all results of a turn's tools in the next turn", async () => {
    const call = (id: string, given: string) => ({ id, type: "function", function: { name: "now", arguments: given } });
    const turns = await turnsFor(
      HELLO,
      { role: "assistant", content: "I look.", tool_calls: [call("a", '{"x":1}'), call("b:1", ""), call("c", "[1")] },
      { role: "tool", tool_call_id: "a", content: "noon" },
      { role: "tool", tool_call_id: "b:1", content: "", ...{ is_error: true } },
      user("And?"),
    );
    expect(turns).toEqual([
      { role: "user", content: [{ type: "text", text: "Hello" }] },
      {
        role: "assistant",
        content: [
          { type: "text", text: "I look." },
          { type: "tool_use", id: "a", name: "now", input: { x: 1 } },
          { type: "tool_use", id: "b_1", name: "now", input: {} },
          { type: "tool_use", id: "c", name: "now", input: { arguments: "[1" } },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "a", content: [{ type: "text", text: "noon" }] },
          { type: "tool_result", tool_use_id: "b_1", is_error: true },
          { type: "text", text: "And?" },
        ],
      },
    ]);
  });

  it("takes the older function interface", async () => {
    const turns = await turnsFor(
      HELLO,
      { role: "assistant", content: null, ...{ function_call: { name: "now", arguments: "{}" } } },
      { role: "function", name: "now", content: "noon" },
    );
    expect(turns[1].content).toEqual([{ type: "tool_use", id: "now", name: "now", input: {} }]);
    expect(turns[2].content[0]).toMatchObject({ type: "tool_result", tool_use_id: "now" });
  });

  it("takes thoughts back first, if they are signed", async () => {
    const signed = { type: "thinking", thinking: "Hm.", signature: "abc" };
    const hidden = { type: "redacted_thinking", data: "xyz" };
    const blocks = { thinking_blocks: [signed, { type: "thinking", thinking: "unsigned" }, hidden] };
    const [, turn] = await turnsFor(HELLO, { role: "assistant", content: "Yes.", ...blocks }, HELLO);
    expect(turn.content).toEqual([signed, hidden, { type: "text", text: "Yes." }]);
  });

  it("has images and documents", async () => {
    const parts = [
      { type: "image_url", image_url: { url: "https://example.com/a.png" } },
      { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" }, cache_control: { type: "ephemeral" } },
      { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,BBBB" } },
      { type: "file", file: { file_data: "data:text/plain;base64,SGVsbG8=" }, citations: { enabled: true } },
      { type: "file", file: { file_url: "https://example.com/b.pdf" } },
      { type: "text", text: "" },
    ];
    const [turn] = await turnsFor(user(parts));
    expect(turn.content).toEqual([
      { type: "image", source: { type: "url", url: "https://example.com/a.png" } },
      {
        type: "image",
        source: { type: "base64", media_type: "image/png", data: "AAAA" },
        cache_control: { type: "ephemeral" },
      },
      {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: "BBBB" },
        title: "a.pdf",
      },
      {
        type: "document",
        source: { type: "text", media_type: "text/plain", data: "Hello" },
        citations: { enabled: true },
      },
      { type: "document", source: { type: "url", url: "https://example.com/b.pdf" } },
    ]);
  });
});

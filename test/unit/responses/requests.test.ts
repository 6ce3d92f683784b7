import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAiCompatible } from "../../../src/upstream/openai/openai-compatible.js";
import type { ChatMessage, ChatRequest, Provider } from "../../../src/upstream/provider.js";
import { ask } from "../../kit/upstream/ask.js";
import { messageItem, outputText, response } from "../../kit/upstream/responses-answers.js";
import { type ScriptedUpstream, startUpstream } from "../../kit/upstream/upstream.js";
import { sent } from "../../kit/upstream/upstream-answers.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";

let upstream: ScriptedUpstream;
let provider: Provider;
beforeAll(async () => {
  upstream = await startUpstream();
  provider = openAiCompatible({ url: upstream.url, apiKey: "sk-upstream", hasResponses: true, isStrict: true });
});
afterAll(async () => {
  await upstream.close();
  await provider.close();
});

async function requestFor(given: Partial<ChatRequest>) {
  upstream.on("gpt-4", sent(response([messageItem(outputText("Hi"))])));
  await ask(provider, given);
  return upstream.requests.at(-1);
}
const bodyFor = async (options: object) => (await requestFor({ options: options as ChatRequest["options"] }))?.body;
const inputFor = async (...messages: object[]) =>
  (await requestFor({ messages: messages as ChatMessage[] }))?.body.input;

describe("a request", () => {
  it("goes to /responses, where nothing is stored", async () => {
    expect(await requestFor({ stream: false })).toMatchObject({
      path: "/v1/responses",
      headers: { authorization: "Bearer sk-upstream" },
      body: {
        model: "gpt-4",
        input: [{ type: "message", role: "user", content: [{ type: "input_text", text: "Hello" }] }],
        store: false,
        stream: false,
      },
    });
  });

  const parameters = { type: "object", properties: {} };
  const schema = { name: "answer", schema: parameters, strict: true };
  it.each<[object, object]>([
    [{ max_tokens: 5 }, { max_output_tokens: 5 }],
    [{ max_completion_tokens: 7 }, { max_output_tokens: 7 }],
    [
      { temperature: 0.5, top_p: 0.5, user: "u" },
      { temperature: 0.5, top_p: 0.5, user: "u" },
    ],
    [
      { reasoning_effort: "low", reasoning_summary: "auto" },
      { reasoning: { effort: "low", summary: "auto" }, include: ["reasoning.encrypted_content"] },
    ],
    [{ verbosity: "low" }, { text: { verbosity: "low" } }],
    [
      { response_format: { type: "json_schema", json_schema: schema } },
      { text: { format: { type: "json_schema", ...schema } } },
    ],
    [{ response_format: { type: "json_object" } }, { text: { format: { type: "json_object" } } }],
    [
      { logprobs: true, top_logprobs: 2 },
      { include: ["message.output_text.logprobs"], top_logprobs: 2 },
    ],
    [
      {
        tools: [{ type: "function", function: { name: "f", parameters } }],
        tool_choice: { type: "function", function: { name: "f" } },
      },
      {
        tools: [{ type: "function", name: "f", parameters, strict: false }],
        tool_choice: { type: "function", name: "f" },
      },
    ],
    [
      { tools: [{ type: "web_search" }], tool_choice: "auto" },
      { tools: [{ type: "web_search" }], tool_choice: "auto" },
    ],
    [{ thinking: { type: "enabled" }, top_k: 1 }, {}],
  ])("says %j as %j", async (options, expected) => {
    const plain = await bodyFor({});
    expect(await bodyFor(options)).toEqual({ ...plain, ...expected });
  });

  it.each([{ stop: ["END"] }, { seed: 7 }, { modalities: ["audio"] }, { frequency_penalty: 1 }])(
    "is a chat if it says %j",
    async (options) => {
      upstream.on("gpt-4", answer());
      await ask(provider, { options });
      expect(upstream.requests.at(-1)).toMatchObject({ path: "/v1/chat/completions", body: options });
    },
  );

  it("is a chat if there is sound in it, and has the tools that may be called in its own words", async () => {
    upstream.on("gpt-4", answer());
    const sound = { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } };
    await ask(provider, { messages: [{ role: "user", content: [sound] }] });
    expect(upstream.requests.at(-1)?.path).toBe("/v1/chat/completions");
    const tool = { type: "function", function: { name: "look" } };
    const choice = { type: "allowed_tools", allowed_tools: { mode: "required", tools: [tool] } };
    const body = await bodyFor({ tools: [tool], tool_choice: choice });
    const tools = [{ type: "function", name: "look" }];
    expect(body.tool_choice).toEqual({ type: "allowed_tools", mode: "required", tools });
  });
});

describe("a conversation", () => {
  it("has its messages, calls of tools and their results as items", async () => {
    const call = { id: "call_1", type: "function", function: { name: "look", arguments: "{}" } };
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };
    const input = await inputFor(
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "Hi", cache_control: {} }, image] },
      { role: "assistant", content: "I look.", tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: "open" },
      { role: "tool", tool_call_id: "call_2", content: [image] },
      { role: "assistant", content: null, tool_calls: [call] },
    );
    const shown = { type: "input_image", image_url: "data:image/png;base64,AAAA", detail: "auto" };
    const called = { type: "function_call", call_id: "call_1", name: "look", arguments: "{}" };
    expect(input).toEqual([
      { type: "message", role: "system", content: [{ type: "input_text", text: "Be brief." }] },
      { type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }, shown] },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "I look." }] },
      called,
      { type: "function_call_output", call_id: "call_1", output: "open" },
      { type: "function_call_output", call_id: "call_2", output: [shown] },
      called,
    ]);
  });

  it("has its encrypted thoughts, and none of other providers", async () => {
    const details = [
      { type: "reasoning.encrypted", id: "rs_1", data: "gAAA", format: "openai-responses-v1" },
      { type: "reasoning.text", text: "Hm.", format: "anthropic-claude-v1" },
    ];
    const others = {
      thinking_blocks: [{ type: "thinking", thinking: "Hm.", signature: "x" }],
      reasoning_content: "Hm.",
    };
    const input = await inputFor({ role: "assistant", content: "Yes.", reasoning_details: details, ...others });
    expect(input).toEqual([
      { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "gAAA" },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "Yes." }] },
    ]);
  });
});

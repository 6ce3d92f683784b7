import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anthropic } from "../../../src/upstream/anthropic/anthropic.js";
import type { Part, Provider } from "../../../src/upstream/provider.js";
import { block, events, message, start, stop, text } from "../../kit/upstream/anthropic-answers.js";
import { ask, failure, HELLO, usageOf } from "../../kit/upstream/ask.js";
import { type ScriptedUpstream, startUpstream } from "../../kit/upstream/upstream.js";
import { sent } from "../../kit/upstream/upstream-answers.js";
import * as does from "../../kit/upstream/upstream-behaviours.js";

let upstream: ScriptedUpstream;
let provider: Provider;

beforeEach(async () => {
  upstream = await startUpstream();
  provider = anthropic({ url: upstream.url, apiKey: "sk-ant-upstream" });
});
afterEach(async () => {
  await upstream.close();
  await provider.close();
});

const answering = (body: string): Promise<Part[]> => {
  upstream.on("gpt-4", sent(body));
  return ask(provider, { ...HELLO, stream: !body.startsWith("{") });
};
const of = <Type extends Part["type"]>(parts: readonly Part[], type: Type) =>
  parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);
const END = { type: "extension", at: "choice", fields: { native_finish_reason: "end_turn" } };

describe("an answer of text", () => {
  it("streams, with the cumulative usage and a reason in OpenAI's words", async () => {
    const parts = await answering(events(start(), { type: "ping" }, ...text(0, "Hello", "!"), ...stop()));
    expect(parts.filter(({ type }) => type !== "usage")).toEqual([
      { type: "text-delta", content: "Hello" },
      { type: "text-delta", content: "!" },
      END,
      { type: "finish", finishReason: "stop" },
    ]);
    expect(usageOf(parts)).toEqual({ usage: { promptTokens: 25, completionTokens: 15 } });
  });

  it("comes as one message", async () => {
    const parts = await answering(message([{ type: "text", text: "Hello!" }]));
    expect(of(parts, "text-delta")).toEqual([{ type: "text-delta", content: "Hello!" }]);
    expect(usageOf(parts).usage).toEqual({ promptTokens: 25, completionTokens: 15 });
    expect(parts.at(-1)).toEqual({ type: "finish", finishReason: "stop" });
  });

  it("keeps an emoji whole that is cut between two pieces", async () => {
    const [first = "", second = ""] = ["\ud83e", "\uddea"];
    const parts = await answering(events(start(), ...text(0, `a${first}`, `${second}b`, first), ...stop()));
    expect(
      of(parts, "text-delta")
        .map(({ content }) => content)
        .join(""),
    ).toBe("a🧪b\ufffd");
  });

  it.each([
    ["end_turn", "stop"],
    ["stop_sequence", "stop"],
    ["pause_turn", "stop"],
    ["max_tokens", "length"],
    ["model_context_window_exceeded", "length"],
    ["refusal", "content_filter"],
    ["something_new", "stop"],
  ])("that stops for %s", async (native, finishReason) => {
    const parts = await answering(events(start(), ...text(0, "Hi"), ...stop(native)));
    expect(parts.at(-1)).toEqual({ type: "finish", finishReason });
    expect(of(parts, "extension")).toEqual([{ ...END, fields: { native_finish_reason: native } }]);
  });

  it("tells the stop sequence that ended it", async () => {
    const parts = await answering(
      events(start(), ...text(0, "Hi"), ...stop("stop_sequence", {}, { stop_sequence: "END" })),
    );
    expect(of(parts, "extension")[0]?.fields).toEqual({ native_finish_reason: "stop_sequence", stop_sequence: "END" });
  });
});

describe("usage", () => {
  it("counts what the cache read and wrote as part of the prompt, and passes on the details", async () => {
    const usage = {
      input_tokens: 10,
      cache_creation_input_tokens: 100,
      cache_read_input_tokens: 1000,
      cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 0 },
      output_tokens: 1,
    };
    const last = { output_tokens: 50, output_tokens_details: { thinking_tokens: 30 }, cache_read_input_tokens: null };
    const parts = await answering(events(start(usage), ...text(0, "Hi"), ...stop("end_turn", last)));
    expect(usageOf(parts).usage).toEqual({
      promptTokens: 1110,
      completionTokens: 50,
      cachedPromptTokens: 1000,
      cacheWritePromptTokens: 100,
      oneHourCacheWritePromptTokens: 0,
      reasoningTokens: 30,
    });
    expect(of(parts, "extension")[0]).toMatchObject({
      at: "usage",
      fields: { cache_creation_input_tokens: 100, cache_read_input_tokens: 1000, cache_creation: {} },
    });
  });
});

describe("tools", () => {
  const use = { type: "tool_use", id: "toolu_1", name: "get_weather", input: {} };
  const json = (partial_json: string) => ({ type: "input_json_delta", partial_json });

  it("are called with input that comes in pieces", async () => {
    const second = { ...use, id: "toolu_2", name: "now" };
    const parts = await answering(
      events(
        start(),
        ...text(0, "Let me look."),
        ...block(1, use, json(""), json('{"city": '), json('"Paris"}')),
        ...block(2, second),
        ...stop("tool_use"),
      ),
    );
    expect(of(parts, "tool-call-delta")).toEqual([
      { type: "tool-call-delta", index: 0, id: "toolu_1", name: "get_weather", arguments: "" },
      { type: "tool-call-delta", index: 0, arguments: '{"city": ' },
      { type: "tool-call-delta", index: 0, arguments: '"Paris"}' },
      { type: "tool-call-delta", index: 1, id: "toolu_2", name: "now", arguments: "" },
      { type: "tool-call-delta", index: 1, arguments: "{}" },
    ]);
    expect(parts.at(-1)).toEqual({ type: "finish", finishReason: "tool_calls" });
  });

  it("are called in one message", async () => {
    const parts = await answering(message([{ ...use, input: { city: "Paris" } }], { stop_reason: "tool_use" }));
    expect(of(parts, "tool-call-delta")).toEqual([
      { type: "tool-call-delta", index: 0, id: "toolu_1", name: "get_weather", arguments: '{"city":"Paris"}' },
    ]);
  });
});

describe("thoughts", () => {
  it("are reasoning, and whole with their signature at the end", async () => {
    const thought = { type: "thinking", thinking: "", signature: "" };
    const deltas = [
      { type: "thinking_delta", thinking: "Let me " },
      { type: "thinking_delta", thinking: "see." },
      { type: "signature_delta", signature: "EqQBCg" },
    ];
    const hidden = { type: "redacted_thinking", data: "EmwKAhgB" };
    const parts = await answering(
      events(start(), ...block(0, thought, ...deltas), ...block(1, hidden), ...text(2, "Yes."), ...stop()),
    );
    expect(of(parts, "reasoning-delta").map(({ content }) => content)).toEqual(["Let me ", "see."]);
    expect(of(parts, "extension").slice(0, 2)).toEqual([
      {
        type: "extension",
        at: "delta",
        fields: { thinking_blocks: [{ type: "thinking", thinking: "Let me see.", signature: "EqQBCg" }] },
      },
      { type: "extension", at: "delta", fields: { thinking_blocks: [hidden] } },
    ]);
  });
});

describe("other blocks", () => {
  it("pass on whole, and citations with their text", async () => {
    const search = { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} };
    const found = { type: "web_search_tool_result", tool_use_id: "srvtoolu_1", content: [] };
    const citation = { type: "web_search_result_location", url: "https://example.com", cited_text: "x" };
    const parts = await answering(
      events(
        start(),
        ...block(0, search, { type: "input_json_delta", partial_json: '{"query":"x"}' }),
        ...block(1, found),
        ...block(
          2,
          { type: "text", text: "" },
          { type: "citations_delta", citation },
          { type: "text_delta", text: "x" },
        ),
        ...stop(),
      ),
    );
    expect(
      of(parts, "extension")
        .filter(({ at }) => at === "delta")
        .map(({ fields }) => fields),
    ).toEqual([
      { content_parts: [{ ...search, input: { query: "x" } }] },
      { content_parts: [found] },
      { citations: [citation] },
    ]);
  });
});

describe("a failure", () => {
  const failed = async (body: string) => {
    upstream.on("gpt-4", sent(body));
    return failure(ask(provider, { stream: true }));
  };
  const error = (type: string, text = "Nothing works") => ({ type: "error", error: { type, message: text } });

  it.each([
    ["overloaded_error", "overloaded"],
    ["rate_limit_error", "rate-limited"],
    ["api_error", "unavailable"],
    ["authentication_error", "authentication"],
    ["invalid_request_error", "invalid-request"],
  ])("in the stream, of type %s, is %s", async (type, kind) => {
    expect(await failed(events(start(), ...text(0, "Hi"), error(type)))).toMatchObject({ kind });
  });

  it("is an answer that stops before its end", async () => {
    expect(await failed(events(start(), ...text(0, "Hi")))).toMatchObject({ kind: "truncated" });
    expect(await failed(events({ type: "ping" }))).toMatchObject({ kind: "truncated" });
  });

  it("is something else than a message", async () => {
    expect(await failed('{"hello":"world"}')).toMatchObject({ kind: "malformed" });
    upstream.on("gpt-4", does.garbage("<html>", "text/html"));
    expect(await failure(ask(provider))).toMatchObject({ kind: "malformed" });
  });

  it.each([
    [529, error("overloaded_error"), "overloaded"],
    [400, error("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"), "context-length"],
    [401, error("authentication_error", "invalid x-api-key sk-ant-upstream"), "authentication"],
    [413, error("request_too_large"), "context-length"],
    [404, error("not_found_error", "model: claude-9"), "unavailable"],
  ])("with status %i", async (status, body, kind) => {
    upstream.on("gpt-4", does.error(status, body));
    const found = await failure(ask(provider));
    expect(found).toMatchObject({ kind });
    expect(found.message).not.toContain("sk-ant");
  });
});

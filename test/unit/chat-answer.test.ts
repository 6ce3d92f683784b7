import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAiCompatible } from "../../src/upstream/openai/openai-compatible.js";
import type { Provider } from "../../src/upstream/provider.js";
import { ask, failure, usageOf } from "../kit/upstream/ask.js";
import { type ScriptedUpstream, startUpstream } from "../kit/upstream/upstream.js";
import * as does from "../kit/upstream/upstream-behaviours.js";

let upstream: ScriptedUpstream;
let provider: Provider;

beforeEach(async () => {
  upstream = await startUpstream();
  provider = openAiCompatible({ url: upstream.url });
});
afterEach(async () => {
  await upstream.close();
  await provider.close();
});

/** What the upstream says beside the answer, and null says nothing. */
const TIER = { type: "extension", at: "answer", fields: { service_tier: "default" } };

describe("a JSON answer", () => {
  const usage = { type: "usage", usage: { promptTokens: 12, completionTokens: 6 } };
  const finish = { type: "finish", finishReason: "stop" };
  const text = (content: string) => ({ type: "text-delta", content });

  it("becomes its usage, its text and the end", async () => {
    expect(await ask(provider)).toEqual([usage, TIER, text(does.DEFAULT_CONTENT), finish]);
  });

  it("may be empty", async () => {
    upstream.on("gpt-4", does.answer({ content: "" }), does.answer({ content: null }));
    expect(await ask(provider)).toEqual([usage, TIER, finish]);
    expect(await ask(provider)).toEqual([usage, TIER, finish]);
  });

  it("may have its content in parts", async () => {
    const image = { type: "image_url" };
    const content = [{ type: "text", text: "One, " }, image, { type: "text", text: "two." }, null];
    upstream.on("gpt-4", does.answer({ content }));
    const others = { type: "extension", at: "delta", fields: { content_parts: [image] } };
    expect(await ask(provider)).toEqual([usage, TIER, others, text("One, two."), finish]);
  });

  it("shows a refusal as its text", async () => {
    upstream.on("gpt-4", does.answer({ content: null, refusal: "I can't help with that." }));
    expect(await ask(provider)).toEqual([usage, TIER, { ...text("I can't help with that."), isRefusal: true }, finish]);
  });

  it("may consist of tool calls", async () => {
    const toolCalls = [
      { id: "call_a", name: "weather", arguments: '{"city":"Bern"}' },
      { id: "call_b", name: "time", arguments: "{}" },
    ];
    upstream.on("gpt-4", does.answer({ toolCalls }));
    expect(await ask(provider)).toEqual([
      usage,
      TIER,
      { type: "tool-call-delta", index: 0, ...toolCalls[0] },
      { type: "tool-call-delta", index: 1, ...toolCalls[1] },
      { ...finish, finishReason: "tool_calls" },
    ]);
  });

  it("without a finish_reason counts as whole if there is content, as malformed if not", async () => {
    upstream.on("gpt-4", does.answer({ finishReason: null }), does.answer({ finishReason: null, content: "" }));
    expect(await ask(provider)).toContainEqual(finish);
    expect((await failure(ask(provider))).kind).toBe("malformed");
  });

  it("keeps a finish_reason that says it is not whole", async () => {
    upstream.on("gpt-4", does.answer({ finishReason: "length" }));
    expect(await ask(provider)).toContainEqual({ ...finish, finishReason: "length" });
  });

  it("keeps characters whole that arrive in two chunks", async () => {
    const content = "😿".repeat(100_000);
    upstream.on("gpt-4", does.answer({ content }));
    expect(await ask(provider)).toEqual([usage, TIER, text(content), finish]);
  });
});

describe("usage and cost", () => {
  const told = async () => usageOf(await ask(provider));

  it("include cached and reasoning tokens", async () => {
    const details = {
      prompt_tokens_details: { cached_tokens: 10 },
      completion_tokens_details: { reasoning_tokens: 2 },
    };
    upstream.on("gpt-4", does.answer({ usage: { ...does.DEFAULT_USAGE, ...details } }));
    expect((await told()).usage).toEqual({
      promptTokens: 12,
      completionTokens: 6,
      cachedPromptTokens: 10,
      reasoningTokens: 2,
    });
  });

  it.each([null, {}, { prompt_tokens: 12 }, { total_tokens: 18 }])("count as not reported: %j", async (usage) => {
    upstream.on("gpt-4", does.answer({ usage }));
    expect(await told()).toEqual({});
  });

  it("leave out a detail that exceeds its whole", async () => {
    const usage = { ...does.DEFAULT_USAGE, prompt_tokens_details: { cached_tokens: 13 } };
    upstream.on("gpt-4", does.answer({ usage }));
    expect((await told()).usage).toEqual({ promptTokens: 12, completionTokens: 6 });
  });

  it.each<[string, bigint | undefined]>([
    ["7.2e-05", 72_000n],
    ["1.2E-05", 12_000n],
    ["0.000867", 867_000n],
    ["0.0000000014", 1n],
    ["0.0000000015", 2n],
    ["123456.789012345678", 123_456_789_012_346n],
    ["1e3", 1_000_000_000_000n],
    ["0.0", undefined],
    ["0", undefined],
    ["4e-10", undefined],
    ["-0.5", undefined],
    ["None", undefined],
    ["NaN", undefined],
    ["Infinity", undefined],
    ["1e999999999", undefined],
    ["1e9999", undefined],
    ["1e-9999", undefined],
    ["9".repeat(100), undefined],
    ["0x10", undefined],
    [".", undefined],
  ])("take the cost %s of LiteLLM's header exactly", async (cost, expected) => {
    upstream.on("gpt-4", does.answer({ headers: { "x-litellm-response-cost": cost } }));
    expect((await told()).costNanoUsd).toBe(expected);
  });

  it("take the cost from usage if the header has no cost", async () => {
    const headers = { "x-litellm-response-cost": "0.0" };
    upstream.on("gpt-4", does.answer({ headers, usage: { ...does.DEFAULT_USAGE, cost: 1.2e-5 } }));
    expect((await told()).costNanoUsd).toBe(12_000n);
  });
});

describe("a body that is not an answer", () => {
  it.each([
    ["broken JSON", does.garbage()],
    ["nothing", does.garbage("")],
    ["a web page", does.garbage("<html>Welcome to nginx!</html>", "text/html")],
    ["a list", does.garbage("[]")],
    ["no choices", does.garbage('{"choices":[]}')],
    ["a choice without a message", does.garbage('{"choices":[{"finish_reason":"stop"}]}')],
    [
      "a tool call without a name",
      does.garbage(
        '{"choices":[{"finish_reason":"tool_calls","message":{"tool_calls":[{"function":{"arguments":"{}"}}]}}]}',
      ),
    ],
  ])("is malformed: %s", async (_, behaviour) => {
    upstream.on("gpt-4", behaviour);
    expect(await failure(ask(provider))).toMatchObject({ kind: "malformed", status: 200, usageUnknown: true });
  });

  it("is malformed when it has more than 32 MiB, and its connection is closed", async () => {
    let closed: () => void;
    const connectionClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    upstream.on("gpt-4", ({ response }) => {
      response.on("close", () => closed());
      response.writeHead(200, { "content-type": "application/json" });
      const chunk = Buffer.alloc(1024 * 1024, " ");
      const more = () => response.destroyed || response.write(chunk, more);
      more();
    });
    expect((await failure(ask(provider))).kind).toBe("malformed");
    await connectionClosed;
  });

  it("is an error if a proxy hides one under status 200", async () => {
    upstream.on("gpt-4", does.garbage('{"error":{"message":"Slow down","code":429}}'));
    expect(await failure(ask(provider))).toMatchObject({ kind: "rate-limited", status: 429 });
  });
});

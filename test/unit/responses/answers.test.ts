import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAiCompatible } from "../../../src/upstream/openai/openai-compatible.js";
import type { Part, Provider } from "../../../src/upstream/provider.js";
import { ask, failure, usageOf } from "../../kit/upstream/ask.js";
import {
  ended,
  itemEvents,
  messageItem,
  outputText,
  response,
  responseEvents,
  textEvents,
} from "../../kit/upstream/responses-answers.js";
import { type ScriptedUpstream, startUpstream } from "../../kit/upstream/upstream.js";
import { sent } from "../../kit/upstream/upstream-answers.js";
import * as does from "../../kit/upstream/upstream-behaviours.js";

let upstream: ScriptedUpstream;
let provider: Provider;
beforeAll(async () => {
  upstream = await startUpstream();
  provider = openAiCompatible({ url: upstream.url, hasResponses: true, isStrict: true });
});
afterAll(async () => {
  await upstream.close();
  await provider.close();
});

const answering = (body: string): Promise<Part[]> => {
  upstream.on("gpt-4", sent(body));
  return ask(provider, { stream: !body.startsWith("{") });
};
const told = (parts: readonly Part[]) => parts.filter(({ type }) => type !== "usage");
const USAGE = { promptTokens: 36, completionTokens: 87, cachedPromptTokens: 4, reasoningTokens: 10 };
const DETAILS = {
  type: "extension",
  at: "usage",
  fields: { input_tokens_details: { cached_tokens: 4 }, output_tokens_details: { reasoning_tokens: 10 } },
};
const end = (finishReason: string) => [DETAILS, { type: "finish", finishReason }];

describe("an answer of text", () => {
  it("streams, with its usage", async () => {
    const parts = await answering(responseEvents(textEvents(0, "Hi", " 🧪", "!")));
    expect(told(parts)).toEqual([
      ...["Hi", " 🧪", "!"].map((content) => ({ type: "text-delta", content })),
      ...end("stop"),
    ]);
    expect(usageOf(parts)).toEqual({ usage: USAGE });
  });

  it("comes as one response, with its annotations", async () => {
    const annotations = [{ type: "url_citation", url: "https://example.com", start_index: 0, end_index: 2 }];
    const parts = await answering(response([messageItem(outputText("Hi", annotations), outputText("!"))]));
    expect(told(parts)).toEqual([
      { type: "text-delta", content: "Hi" },
      { type: "extension", at: "delta", fields: { annotations } },
      { type: "text-delta", content: "!" },
      ...end("stop"),
    ]);
    expect(usageOf(parts)).toEqual({ usage: USAGE });
  });

  it.each([
    ["max_output_tokens", "length"],
    ["content_filter", "content_filter"],
  ])("is incomplete because of %s", async (reason, finishReason) => {
    const incomplete = { incomplete_details: { reason } };
    const streamed = await answering(responseEvents(textEvents(0, "Hi"), ended("incomplete", incomplete)));
    expect(streamed.at(-1)).toEqual({ type: "finish", finishReason });
    const whole = response([messageItem(outputText("Hi"))], { status: "incomplete", ...incomplete });
    expect((await answering(whole)).at(-1)).toEqual({ type: "finish", finishReason });
  });

  it("is a refusal", async () => {
    const refusal = { type: "refusal", refusal: "I cannot." };
    const deltas = [{ type: "response.refusal.delta", content_index: 0, delta: "I cannot." }];
    const events = itemEvents(0, messageItem(), messageItem(refusal), ...deltas);
    for (const body of [responseEvents(events), response([messageItem(refusal)])])
      expect(told(await answering(body))[0]).toEqual({ type: "text-delta", content: "I cannot.", isRefusal: true });
  });
});

describe("tools", () => {
  const call = { type: "function_call", id: "fc_1", call_id: "call_1", name: "look", arguments: '{"at":"gate"}' };
  const begun = { ...call, arguments: "" };

  it.each([
    ["in pieces", ['{"at":', '"gate"}']],
    ["only with the whole item", []],
  ])("are called, with arguments that come %s", async (_, pieces) => {
    const deltas = pieces.map((delta) => ({ type: "response.function_call_arguments.delta", delta }));
    const parts = await answering(responseEvents(itemEvents(0, begun, call, ...deltas)));
    expect(told(parts)).toEqual([
      { type: "tool-call-delta", index: 0, id: "call_1", name: "look", arguments: "" },
      ...(pieces.length > 0 ? pieces : [call.arguments]).map((each) => ({
        type: "tool-call-delta",
        index: 0,
        arguments: each,
      })),
      ...end("tool_calls"),
    ]);
  });

  it("are called in one response, also custom ones", async () => {
    const custom = { type: "custom_tool_call", id: "ct_1", call_id: "call_2", name: "run", input: "ls" };
    expect(told(await answering(response([call, custom])))).toEqual([
      { type: "tool-call-delta", index: 0, id: "call_1", name: "look", arguments: "" },
      { type: "tool-call-delta", index: 0, arguments: call.arguments },
      { type: "tool-call-delta", index: 1, id: "call_2", name: "run", arguments: "", extra: { type: "custom" } },
      { type: "tool-call-delta", index: 1, arguments: "ls" },
      ...end("tool_calls"),
    ]);
  });

  it("of OpenAI's own pass on whole", async () => {
    const search = { type: "web_search_call", id: "ws_1", status: "completed" };
    const events = responseEvents([
      ...itemEvents(0, { ...search, status: "in_progress" }, search, { type: "response.web_search_call.searching" }),
      ...textEvents(1, "Hi"),
    ]);
    const parts = await answering(events);
    expect(told(parts)[0]).toEqual({ type: "extension", at: "delta", fields: { content_parts: [search] } });
    expect(usageOf(parts).usage).toMatchObject({ webSearches: 1 });
  });
});

describe("thoughts", () => {
  const item = { type: "reasoning", id: "rs_1", summary: [] };
  const whole = {
    ...item,
    summary: [
      { type: "summary_text", text: "First." },
      { type: "summary_text", text: "Then." },
    ],
    encrypted_content: "gAAA",
  };
  const expected = [
    {
      type: "extension",
      at: "delta",
      fields: {
        reasoning_details: [{ type: "reasoning.encrypted", id: "rs_1", data: "gAAA", format: "openai-responses-v1" }],
      },
    },
    { type: "text-delta", content: "Hi" },
    ...end("stop"),
  ];

  it("stream as their summary, a paragraph for each part, and end with what is encrypted", async () => {
    const part = (summary_index: number, delta: string) => [
      { type: "response.reasoning_summary_part.added", summary_index },
      { type: "response.reasoning_summary_text.delta", summary_index, delta },
      { type: "response.reasoning_summary_part.done", summary_index },
    ];
    const events = [...itemEvents(0, item, whole, ...part(0, "First."), ...part(1, "Then.")), ...textEvents(1, "Hi")];
    const parts = told(await answering(responseEvents(events)));
    expect(parts.slice(0, 3).map((each) => ("content" in each ? each.content : ""))).toEqual([
      "First.",
      "\n\n",
      "Then.",
    ]);
    expect(parts.slice(3)).toEqual(expected);
    const plain = told(await answering(response([whole, messageItem(outputText("Hi"))])));
    expect(plain).toEqual(parts);
  });
});

describe("a failure", () => {
  const error = { code: "rate_limit_exceeded", message: "Slow down." };

  it.each([
    ["in a response that failed", responseEvents(textEvents(0, "Hi"), ended("failed", { error })), "rate-limited"],
    ["in a whole response", response([], { status: "failed", error }), "rate-limited"],
    ["as an event", responseEvents([], { type: "error", ...error }), "rate-limited"],
    ["that names no reason", responseEvents([], ended("failed", { error: null })), "unavailable"],
    [
      "as an end before the end",
      responseEvents(textEvents(0, "Hi")).split("event: response.completed")[0] ?? "",
      "truncated",
    ],
    ["as something else", '{"hello":"world"}', "malformed"],
  ])("is told %s", async (_, body, kind) => {
    upstream.on("gpt-4", sent(body));
    expect(await failure(ask(provider, { stream: !body.startsWith("{") }))).toMatchObject({ kind });
  });

  it("is told by its status", async () => {
    upstream.on(
      "gpt-4",
      does.error(400, does.openAiError("Too long", "invalid_request_error", "context_length_exceeded")),
    );
    expect(await failure(ask(provider))).toMatchObject({ kind: "context-length" });
  });
});

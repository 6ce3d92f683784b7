import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messageFrames } from "../../../src/doors/anthropic/answer/message-frames.js";
import { messageShape } from "../../../src/doors/anthropic/answer/message-shape.js";
import type { LlmCallRow } from "../../../src/features/calls/call.service.js";
import { Answer } from "../../../src/features/calls/log/answer.js";
import type { CallEvent } from "../../../src/features/calls/log/call-event.js";
import { anthropic } from "../../../src/upstream/anthropic/anthropic.js";
import type { Part, Provider } from "../../../src/upstream/provider.js";
import { BASIC, type Event, folded, THINKING, TOOL_USE } from "../../kit/clients/recorded-events.js";
import { events } from "../../kit/upstream/anthropic-answers.js";
import { ask, HELLO } from "../../kit/upstream/ask.js";
import { type ScriptedUpstream, startUpstream } from "../../kit/upstream/upstream.js";
import { sent } from "../../kit/upstream/upstream-answers.js";

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

const CALL = { id: "7c9e6679-7425-40de-944b-e07fc1f90ae7", model: "claude", modelGroup: "Claude", extensions: {} };

/** The events of a call that is answered by these parts. */
function callEvents(parts: readonly Part[]): CallEvent[] {
  const answer = new Answer();
  for (const part of parts) answer.add(part);
  const { content, finishReason, toolCalls, beside } = answer;
  const call = { ...CALL, status: "SUCCEEDED", content, finishReason, toolCalls, extensions: beside.stored };
  const counts = { promptTokens: 25, completionTokens: 15, cachedPromptTokens: null, reasoningTokens: null };
  const items = [
    { type: "started", model: CALL.model },
    ...parts.filter(({ type }) => type !== "usage" && type !== "finish"),
    { type: "finished", call: { ...call, ...counts } },
  ];
  return items.map((item, index) => ({ ...item, callId: CALL.id, sequence: index + 1 }) as unknown as CallEvent);
}

/** What clients of Anthropic's format get, streamed and whole, if a model of Anthropic's sends these events. */
async function passedThrough(recorded: readonly Event[]) {
  upstream.on("gpt-4", sent(events(...recorded)));
  const seen = callEvents(await ask(provider, { ...HELLO, stream: true }));
  const streamed: Event[] = [];
  const frames = messageFrames(
    (async function* () {
      yield* seen;
    })(),
    CALL,
  );
  for await (const { text } of frames) streamed.push(JSON.parse(text.split("data: ")[1] ?? ""));
  const last = seen.at(-1) as { call: LlmCallRow };
  return { streamed: folded(streamed), whole: messageShape(last.call, seen) as { content: Event[] } };
}

const START = BASIC[0];
const END = BASIC.slice(-2);
const block = (index: number, content_block: object) => ({ type: "content_block_start", index, content_block });
const delta = (index: number, given: object) => ({ type: "content_block_delta", index, delta: given });
const stop = (index: number) => ({ type: "content_block_stop", index });

const SIGNED = { type: "thinking", thinking: "", signature: "c2ln" };
const OMITTED = [
  block(0, { ...SIGNED, signature: "" }),
  delta(0, { type: "signature_delta", signature: "c2ln" }),
  stop(0),
];
const REDACTED = { type: "redacted_thinking", data: "ZGF0YQ==" };
const SEARCH = { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: { query: "tolls" } };
const FOUND = { type: "web_search_tool_result", tool_use_id: "srvtoolu_1", content: [] };
const CITATION = { type: "char_location", cited_text: "Pay.", document_index: 0, start_char_index: 0 };
const text = (index: number) => [
  block(index, { type: "text", text: "" }),
  delta(index, { type: "text_delta", text: "Pay." }),
  delta(index, { type: "citations_delta", citation: CITATION }),
  stop(index),
];

describe("an answer of a model of Anthropic's passes through as it was", () => {
  it.each<[string, readonly Event[]]>([
    ["text", BASIC],
    ["the use of a tool", TOOL_USE],
    ["thinking", THINKING],
    ["thinking whose text is left out", [START, ...OMITTED, ...text(1), ...END]],
    ["thinking that is struck out", [START, block(0, REDACTED), stop(0), ...text(1), ...END]],
    ["a search", [START, block(0, SEARCH), stop(0), block(1, FOUND), stop(1), ...text(2), ...END]],
    ["two thoughts, each with its signature", [START, ...OMITTED, block(1, REDACTED), stop(1), ...text(2), ...END]],
  ])("%s", async (_, recorded) => {
    const { streamed, whole } = await passedThrough(recorded);
    expect(streamed.slice(1, -2)).toEqual(folded(recorded).slice(1, -2).map(withCaller));
    expect(streamed.at(-2).delta).toMatchObject(recorded.at(-2).delta);
    const types = recorded.flatMap((event) => event.content_block?.type ?? []);
    expect(whole.content.map(({ type }) => type)).toEqual(types);
  });

  it("with each thought and its signature in the whole message", async () => {
    const { whole } = await passedThrough(THINKING);
    const thinking = THINKING.flatMap((event) => event.delta?.thinking ?? []).join("");
    const signature = THINKING.find((event) => event.delta?.signature)?.delta.signature;
    expect(whole.content[0]).toEqual({ type: "thinking", thinking, signature });
    const omitted = await passedThrough([START, ...OMITTED, ...text(1), ...END]);
    expect(omitted.whole.content).toEqual([SIGNED, { type: "text", text: "Pay.", citations: [CITATION] }]);
  });
});

/** Newer events say that the model itself calls the tool. */
function withCaller(event: Event): Event {
  if (event.content_block?.type !== "tool_use") return event;
  return { ...event, content_block: { ...event.content_block, caller: { type: "direct" } } };
}

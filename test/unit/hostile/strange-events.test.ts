import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Answer } from "../../../src/features/calls/log/answer.js";
import { anthropic } from "../../../src/upstream/anthropic/anthropic.js";
import { openAiCompatible } from "../../../src/upstream/openai/openai-compatible.js";
import type { Provider } from "../../../src/upstream/provider.js";
import { block, events, message, start, stop, text } from "../../kit/upstream/anthropic-answers.js";
import { ask, failure } from "../../kit/upstream/ask.js";
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

let upstream: ScriptedUpstream;
let claude: Provider;
let gpt: Provider;
beforeAll(async () => {
  upstream = await startUpstream();
  claude = anthropic({ url: upstream.url });
  gpt = openAiCompatible({ url: upstream.url, hasResponses: true });
});
afterAll(async () => {
  await upstream.close();
  await claude.close();
  await gpt.close();
});

/** The answer that a call has, if an upstream sends this. */
async function answerOf(provider: Provider, body: string): Promise<Answer> {
  upstream.on("gpt-4", sent(body));
  const answer = new Answer();
  for (const part of await ask(provider, { stream: !body.startsWith("{") })) answer.add(part);
  return answer;
}
const failureOf = (provider: Provider, body: string) => failure(answerOf(provider, body));

describe("an upstream of Anthropic's format", () => {
  const delta = (index: number, given: object) => ({ type: "content_block_delta", index, delta: given });
  const use = { type: "tool_use", id: "toolu_1", name: "look", input: {} };
  const json = (partial_json: string) => ({ type: "input_json_delta", partial_json });

  it("may leave out how a text or a thought begins", async () => {
    const thought = delta(0, { type: "thinking_delta", thinking: "Hm." });
    const said = delta(1, { type: "text_delta", text: "Yes." });
    const answer = await answerOf(claude, events(start(), thought, said, ...stop()));
    expect(answer).toMatchObject({ reasoning: "Hm.", content: "Yes." });
  });

  it("may begin a block where another has not ended", async () => {
    const answer = await answerOf(
      claude,
      events(start(), ...block(0, use).slice(0, 1), ...text(0, "Done."), ...stop("tool_use")),
    );
    expect(answer).toMatchObject({ content: "Done.", toolCalls: [{ name: "look", arguments: "{}" }] });
  });

  it.each([
    ["with the beginning and in pieces again", { at: "gate" }, ['{"at":', '"gate"}']],
    ["as a text", '{"at":"gate"}', []],
  ])("may send the input of a tool %s", async (_, input, pieces) => {
    const { toolCalls } = await answerOf(
      claude,
      events(start(), ...block(0, { ...use, input }, ...pieces.map(json)), ...stop("tool_use")),
    );
    expect(toolCalls).toEqual([{ id: "toolu_1", name: "look", arguments: '{"at":"gate"}' }]);
  });

  it("has called tools, also if it says that its turn has ended", async () => {
    const { finishReason } = await answerOf(claude, events(start(), ...block(0, use), ...stop("end_turn")));
    expect(finishReason).toBe("tool_calls");
    expect((await answerOf(claude, events(start(), ...block(0, use), ...stop("max_tokens")))).finishReason).toBe(
      "length",
    );
  });

  it("may call tools without ids, which get different ones", async () => {
    const { id: _, ...nameless } = use;
    for (const body of [
      events(start(), ...block(0, nameless), ...block(1, nameless), ...stop("tool_use")),
      message([nameless, nameless], { stop_reason: "tool_use" }),
    ]) {
      const { toolCalls } = await answerOf(claude, body);
      expect(toolCalls).toMatchObject([{ name: "look" }, { name: "look" }]);
      expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2);
      for (const { id } of toolCalls) expect(id).toMatch(/^call_\w{24}$/);
    }
  });

  it.each([
    ["a tool that has no name", events(start(), ...block(0, { type: "tool_use", id: "a" }), ...stop("tool_use"))],
    ["a tool whose name is none", message([{ ...use, name: 7 }], { stop_reason: "tool_use" })],
    ["a tool that never began", events(start(), delta(0, json('{"a":1}')), ...stop("tool_use"))],
    ["nothing but its end", events({ type: "message_stop" })],
  ])("has not answered if it sends %s", async (_, body) => {
    expect(await failureOf(claude, body)).toMatchObject({ kind: "malformed" });
  });

  it("stops for a reason that has the name of something that every object has", async () => {
    const { finishReason } = await answerOf(claude, events(start(), ...text(0, "Hi"), ...stop("constructor")));
    expect(finishReason).toBe("stop");
  });
});

describe("an upstream of OpenAI's responses", () => {
  const call = { type: "function_call", id: "fc_1", call_id: "call_1", name: "look", arguments: '{"at":"gate"}' };
  const said = messageItem(outputText("It is open."));

  it.each([
    ["the whole response at its end", responseEvents([], ended("completed", { output: [said, call] }))],
    [
      "items that are whole at their end",
      responseEvents([
        { type: "response.output_item.done", output_index: 0, item: said },
        { type: "response.output_item.done", output_index: 1, item: call },
      ]),
    ],
    [
      "items without a place",
      responseEvents([said, call].map((item) => ({ type: "response.output_item.done", item }))),
    ],
    [
      "texts whose place comes with their end only",
      responseEvents([
        { type: "response.output_text.delta", item_id: "msg_1", delta: "It is open." },
        { type: "response.output_item.done", output_index: 0, item: said },
        { type: "response.output_item.done", output_index: 1, item: call },
      ]),
    ],
    [
      "the same item twice",
      responseEvents([
        ...textEvents(0, "It is", " open."),
        ...itemEvents(1, { ...call, arguments: "" }, call),
        { type: "response.output_item.done", output_index: 1, item: call },
      ]),
    ],
  ])("may send nothing but %s", async (_, body) => {
    const { content, toolCalls, finishReason } = await answerOf(gpt, body);
    expect(content).toBe("It is open.");
    expect(toolCalls).toEqual([{ id: "call_1", name: "look", arguments: '{"at":"gate"}' }]);
    expect(finishReason).toBe("tool_calls");
  });

  it("may call a tool without an id", async () => {
    const { call_id: _, ...nameless } = call;
    for (const body of [response([nameless]), responseEvents(itemEvents(0, nameless, nameless))])
      expect((await answerOf(gpt, body)).toolCalls).toMatchObject([
        { id: expect.stringMatching(/^call_\w{24}$/), name: "look" },
      ]);
  });

  it("has not answered if there is an error in what it calls completed", async () => {
    const error = { code: "rate_limit_exceeded", message: "Slow down" };
    for (const body of [
      response([said], { error }),
      responseEvents(textEvents(0, "Hi"), ended("completed", { error })),
    ])
      expect(await failureOf(gpt, body)).toMatchObject({ kind: "rate-limited" });
  });

  it("has not answered if it calls a tool that has no name", async () => {
    const { name: _, ...nameless } = call;
    for (const body of [response([nameless]), responseEvents(itemEvents(0, nameless, nameless))])
      expect(await failureOf(gpt, body)).toMatchObject({ kind: "malformed" });
  });
});

import { describe, expect, it } from "vitest";
import { JSON_TYPE, send } from "../../../kit/clients/http.js";
import { responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { faultsOf, readEvents, type StreamedEvent } from "../../../kit/responses/event-schema.js";
import { responseSchema } from "../../../kit/responses/response-schema.js";
import type { HeldStream } from "../../../kit/upstream/upstream-streams.js";
import { heldStream } from "../../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = responsesOf(gateway);

/** Streams a response whose upstream says this, and returns its events. */
async function eventsOf(say: (upstream: HeldStream) => void, more: object = {}): Promise<StreamedEvent[]> {
  const { team, model, upstreamModel } = await teamWith();
  const upstream = heldStream();
  gateway.upstream.on(upstreamModel, upstream);
  const answered = send(gateway, {
    method: "POST",
    path: "/v1/responses",
    headers: { ...JSON_TYPE, authorization: `Bearer ${team.secret}` },
    body: JSON.stringify({ model, input: "What is a tollgate?", stream: true, ...more }),
  });
  await upstream.arrived;
  say(upstream);
  return readEvents((await answered).text);
}

const typesOf = (events: readonly StreamedEvent[]) =>
  events
    .map(({ type }) => type.replace("response.", ""))
    .filter((type, at, all) => !type.endsWith(".delta") || all[at - 1] !== type);

const BEGIN = ["created", "in_progress"];
const MESSAGE = [
  "output_item.added",
  "content_part.added",
  "output_text.delta",
  "output_text.done",
  "content_part.done",
  "output_item.done",
];
const CALL = ["output_item.added", "function_call_arguments.delta", "function_call_arguments.done", "output_item.done"];
const REASONING = [
  "output_item.added",
  "reasoning_summary_part.added",
  "reasoning_summary_text.delta",
  "reasoning_summary_text.done",
  "reasoning_summary_part.done",
  "output_item.done",
];
const SILENT = ["output_item.added", "output_item.done"];
const REFUSAL = MESSAGE.map((type) => type.replace("output_text", "refusal"));

const call = (index: number, id: string, text: string) => ({
  tool_calls: [{ index, id, function: { name: "look", arguments: text } }],
});
const SEALED = { reasoning_details: [{ type: "reasoning.encrypted", data: "eHg=" }] };
const citation = {
  type: "url_citation",
  url_citation: { url: "https://a.b", title: "A", start_index: 0, end_index: 2 },
};
const logprobs = { content: [{ token: "Hi", logprob: -0.1, bytes: [72], top_logprobs: [] }], refusal: null };

/** What the upstream says, and the events in the order in which OpenAI's own service sends them. */
const SCRIPTS: Readonly<
  Record<string, { say: (upstream: HeldStream) => void; types: string[]; end?: object; more?: object }>
> = {
  "a text": {
    say: (upstream) => {
      upstream.text("A ");
      upstream.text("gate.");
    },
    types: MESSAGE,
    end: { status: "completed", output: [{ content: [{ type: "output_text", text: "A gate." }] }] },
  },
  "nothing at all": {
    say: (upstream) => upstream.delta({ role: "assistant", content: "" }),
    types: MESSAGE.filter((type) => !type.endsWith("delta")),
    end: { status: "completed", output: [{ content: [{ type: "output_text", text: "" }] }] },
  },
  "a tool call": {
    say: (upstream) => {
      upstream.delta(call(0, "call_1", ""));
      upstream.delta({ tool_calls: [{ index: 0, function: { arguments: '{"at":' } }] });
      upstream.delta({ tool_calls: [{ index: 0, function: { arguments: '"gate"}' } }] });
    },
    types: CALL,
    end: { output: [{ type: "function_call", call_id: "call_1", arguments: '{"at":"gate"}' }] },
  },
  "text and several tool calls": {
    say: (upstream) => {
      upstream.text("Let me look.");
      upstream.delta(call(0, "call_1", "{}"));
      upstream.delta(call(1, "call_2", "{}"));
    },
    types: [...MESSAGE, ...CALL, ...CALL],
    end: { output: [{ type: "message" }, { call_id: "call_1" }, { call_id: "call_2" }] },
  },
  "tool calls with the same id or none": {
    say: (upstream) => {
      upstream.delta(call(0, "call_1", "{}"));
      upstream.delta(call(1, "call_1", "{}"));
      upstream.delta(call(2, "", "{}"));
    },
    types: [...CALL, ...CALL, ...CALL],
  },
  "reasoning and text": {
    say: (upstream) => {
      upstream.delta({ reasoning_content: "They ask " });
      upstream.delta({ reasoning_content: "for a word." });
      upstream.text("A gate.");
    },
    types: [...REASONING, ...MESSAGE],
    end: { output: [{ type: "reasoning", summary: [{ text: "They ask for a word." }] }, { type: "message" }] },
  },
  "thoughts that are sealed after the text has begun": {
    say: (upstream) => {
      upstream.delta({ reasoning_content: "Hm." });
      upstream.text("A ");
      upstream.delta(SEALED);
      upstream.text("gate.");
      upstream.delta({ reasoning_details: [] });
      upstream.delta(call(0, "call_1", "{}"));
      upstream.delta(SEALED);
    },
    more: { include: ["reasoning.encrypted_content"] },
    types: [...REASONING, ...MESSAGE, ...SILENT, ...CALL, ...SILENT],
    end: {
      output: [
        { type: "reasoning", summary: [{ text: "Hm." }] },
        { type: "message", content: [{ text: "A gate." }] },
        { type: "reasoning", summary: [], encrypted_content: expect.any(String) },
        { type: "function_call", call_id: "call_1" },
        { type: "reasoning", summary: [], encrypted_content: expect.any(String) },
      ],
    },
  },
  "thoughts that the client does not ask for": {
    say: (upstream) => {
      upstream.delta({ reasoning_content: "Hm." });
      upstream.text("A gate.");
      upstream.delta(SEALED);
    },
    types: [...REASONING, ...MESSAGE],
  },
  "text after a tool call": {
    say: (upstream) => {
      upstream.delta(call(0, "call_1", "{}"));
      upstream.text("I am looking.");
    },
    types: [...CALL, ...MESSAGE],
  },
  "a refusal": {
    say: (upstream) => {
      upstream.delta({ refusal: "I will " });
      upstream.delta({ refusal: "not." });
    },
    types: REFUSAL,
    end: { status: "completed", output: [{ content: [{ type: "refusal", refusal: "I will not." }] }] },
  },
  "text with citations and probabilities": {
    say: (upstream) => {
      upstream.text("Hi");
      upstream.delta({ annotations: [citation] });
      upstream.raw(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, logprobs }] })}\n\n`);
    },
    more: { include: ["message.output_text.logprobs"] },
    types: MESSAGE.flatMap((type) => (type === "output_text.delta" ? [type, "output_text.annotation.added"] : [type])),
    end: {
      output: [
        { content: [{ annotations: [{ type: "url_citation", url: "https://a.b" }], logprobs: [{ token: "Hi" }] }] },
      ],
    },
  },
};

describe("the events of a response", () => {
  it.each(Object.entries(SCRIPTS))("of %s are whole, numbered, and in the order of OpenAI's", async (_what, script) => {
    const { say, types, end = {}, more } = script;
    const events = await eventsOf((upstream) => {
      say(upstream);
      upstream.finish();
    }, more);
    expect(faultsOf(events)).toEqual([]);
    expect(typesOf(events)).toEqual([...BEGIN, ...types, "completed"]);
    const last = events.at(-1)?.response;
    expect(last).toMatchObject({ ...end, usage: { input_tokens: 12, output_tokens: 6 } });
    const done = events.filter(({ type }) => type === "response.output_item.done").map(({ item }) => item);
    expect(last.output).toEqual(done);
  });

  it.each([
    ["length", "max_output_tokens"],
    ["content_filter", "content_filter"],
  ])("end with response.incomplete if the answer ends with %s", async (reason, expected) => {
    const events = await eventsOf((upstream) => {
      upstream.text("A ga");
      upstream.finish({ reason });
    });
    expect(faultsOf(events)).toEqual([]);
    expect(typesOf(events)).toEqual([...BEGIN, ...MESSAGE, "incomplete"]);
    expect(events.at(-1)?.response).toMatchObject({
      status: "incomplete",
      completed_at: null,
      incomplete_details: { reason: expected },
      output: [{ status: "incomplete", content: [{ text: "A ga" }] }],
    });
  });

  it("of a simulated conversation fit the specification, plain and streamed, in each scenario of its suite", async () => {
    const { team, model } = await teamWith();
    const weather = { type: "function", name: "get_weather", parameters: { type: "object", properties: {} } };
    const image = { type: "input_image", image_url: "data:image/png;base64,iVBORw0KGgo=" };
    const user = (content: unknown) => ({ type: "message", role: "user", content });
    const scenarios = [
      { input: [user("Say hello in exactly 3 words.")] },
      { input: [{ type: "message", role: "system", content: "Speak like a pirate." }, user("Say hello.")] },
      { input: [user("What's the weather like in San Francisco?")], tools: [weather] },
      { input: [user([{ type: "input_text", text: "What is in it?" }, image])] },
      { input: [user("I am Alice."), { ...user("Hello Alice!"), role: "assistant" }, user("Who am I?")] },
    ];
    for (const scenario of scenarios) {
      for (const stream of [false, true]) {
        const { status, text } = await send(gateway, {
          method: "POST",
          path: "/v1/responses",
          headers: { ...JSON_TYPE, authorization: `Bearer ${team.secret}` },
          body: JSON.stringify({ model, stream, ...scenario }),
        });
        expect(status, text).toBe(200);
        if (stream) expect(faultsOf(readEvents(text))).toEqual([]);
        else expect(responseSchema.parse(JSON.parse(text))).toMatchObject({ status: "completed" });
      }
    }
  });
});

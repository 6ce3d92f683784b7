import { describe, expect, it } from "vitest";
import { anthropicOf, MAX_TOKENS, QUESTION } from "../../kit/clients/anthropic.js";
import { BASIC, type Event, folded, SENT, THINKING, TOOL_USE } from "../../kit/clients/recorded-events.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { cut, error } from "../../kit/upstream/upstream-behaviours.js";
import { cutStream, heldStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { name } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = anthropicOf(gateway);

/** The events of a stream, each of which must have its type as its name. */
function eventsIn(text: string): Event[] {
  const frames = text.split("\n\n").filter((frame) => frame.includes("data:"));
  return frames.map((frame) => {
    const [, type, data = ""] = /event: (\S+)\ndata: (.*)$/.exec(frame) ?? [];
    const event = JSON.parse(data);
    expect(event.type).toBe(type);
    return event;
  });
}

function post(secret: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${gateway.url}/v1/messages`, {
    method: "POST",
    headers: { "x-api-key": secret, "anthropic-version": "2023-06-01", "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

/** The stream of an answer that the upstream sends in these deltas. */
async function streamOf(deltas: readonly object[], end: object): Promise<Event[]> {
  const upstream = heldStream();
  const { team, ask } = await teamWith(upstream);
  const asked = post(team.secret, { ...ask, stream: true });
  await upstream.arrived;
  for (const delta of deltas) upstream.delta(delta);
  upstream.finish(end);
  const response = await asked;
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  return eventsIn(await response.text());
}

describe("the stream of a message has the events that Anthropic's documentation shows", () => {
  it.each([
    ["text", SENT.basic, BASIC],
    ["the use of a tool", SENT.toolUse, TOOL_USE],
    ["thinking", SENT.thinking, THINKING],
    ["thinking that LiteLLM sends in pieces", SENT.thinkingInPieces, THINKING],
  ])("for %s", async (_, { deltas, end }, recorded) => {
    const events = folded(await streamOf(deltas, end));
    expect(events).toMatchObject(folded(recorded));
    expect(events).toHaveLength(folded(recorded).length);
    expect(events.at(-2).usage.input_tokens).toBe(25);
  });

  it("for tools that are called together, one after the other, however their pieces come", async () => {
    const piece = (index: number, text: string, id?: string) => ({
      tool_calls: [{ index, ...(id && { id }), function: { ...(id && { name: `tool_${index}` }), arguments: text } }],
    });
    const deltas = [
      piece(0, '{"a"', "one"),
      piece(1, '{"b":', "two"),
      piece(0, ":1}"),
      piece(1, "2}"),
      piece(2, "", "three"),
    ];
    const events = folded(await streamOf(deltas, { reason: "tool_calls" }));
    expect(events.slice(1, -2)).toMatchObject([
      { type: "content_block_start", index: 0, content_block: { id: "one", name: "tool_0" } },
      { delta: { partial_json: '{"a":1}' } },
      { type: "content_block_stop", index: 0 },
      { type: "content_block_start", index: 1, content_block: { id: "two", name: "tool_1" } },
      { delta: { partial_json: '{"b":2}' } },
      { type: "content_block_stop", index: 1 },
      { type: "content_block_start", index: 2, content_block: { id: "three", name: "tool_2" } },
      { delta: { partial_json: "" } },
      { type: "content_block_stop", index: 2 },
    ]);
  });

  it("for tools that all begin before their inputs come", async () => {
    const begin = (index: number) => ({
      tool_calls: [{ index, id: `id_${index}`, function: { name: `tool_${index}`, arguments: "" } }],
    });
    const input = (index: number, text: string) => ({ tool_calls: [{ index, function: { arguments: text } }] });
    const deltas = [begin(0), begin(1), input(0, '{"a":'), input(1, "{}"), { content: "Wait." }, input(0, "1}")];
    const events = folded(await streamOf(deltas, { reason: "tool_calls" }));
    expect(events.slice(1, -2)).toMatchObject([
      { type: "content_block_start", index: 0, content_block: { id: "id_0", name: "tool_0" } },
      { delta: { partial_json: '{"a":1}' } },
      { type: "content_block_stop", index: 0 },
      { type: "content_block_start", index: 1, content_block: { id: "id_1", name: "tool_1" } },
      { delta: { partial_json: "{}" } },
      { type: "content_block_stop", index: 1 },
      { type: "content_block_start", index: 2, content_block: { type: "text" } },
      { delta: { text: "Wait." } },
      { type: "content_block_stop", index: 2 },
    ]);
  });

  it("for tools whose inputs have white space after them, once something else has begun", async () => {
    const piece = (index: number, text: string, id?: string) => ({
      tool_calls: [{ index, ...(id && { id }), function: { ...(id && { name: `tool_${index}` }), arguments: text } }],
    });
    const deltas = [
      piece(0, "{}", "one"),
      { content: "Wait." },
      piece(0, "\n"),
      piece(1, "{}", "two"),
      piece(0, " \n"),
    ];
    const events = folded(await streamOf(deltas, { reason: "tool_calls" }));
    expect(events.slice(1, -2)).toMatchObject([
      { type: "content_block_start", index: 0, content_block: { id: "one" } },
      { delta: { partial_json: "{}" } },
      { type: "content_block_stop", index: 0 },
      { type: "content_block_start", index: 1, content_block: { type: "text" } },
      { delta: { text: "Wait." } },
      { type: "content_block_stop", index: 1 },
      { type: "content_block_start", index: 2, content_block: { id: "two" } },
      { delta: { partial_json: "{}" } },
      { type: "content_block_stop", index: 2 },
    ]);
  });

  it("for thoughts that are struck out, and those of a model that signs none", async () => {
    const redacted = { type: "redacted_thinking", data: "EmwKAhgB" };
    const deltas = [{ thinking_blocks: [redacted] }, { reasoning_content: "Hm." }, { content: "Yes." }];
    const events = folded(await streamOf(deltas, { reason: "stop" }));
    expect(events.filter(({ type }) => type === "content_block_start").map((each) => each.content_block)).toEqual([
      redacted,
      { type: "thinking", thinking: "", signature: "" },
      { type: "text", text: "" },
    ]);
    expect(events.filter(({ type }) => type === "content_block_stop")).toHaveLength(3);
  });

  it("for an answer with nothing in it", async () => {
    const events = await streamOf([], { reason: "stop" });
    expect(events.map(({ type }) => type)).toEqual(["message_start", "message_delta", "message_stop"]);
  });
});

describe("a stream that goes wrong", () => {
  it("is an error with a status as long as nothing of the answer has come", async () => {
    const { team, ask } = await teamWith(error(400, { error: { message: "No such option." } }));
    const response = await post(team.secret, { ...ask, stream: true });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
  });

  it("ends with an error event, which the client throws", async () => {
    const { team, anthropic, ask } = await teamWith(cutStream(["Once"]));
    const response = await post(team.secret, { ...ask, stream: true });
    const events = eventsIn(await response.text());
    expect(events.at(-1)).toMatchObject({
      type: "error",
      error: { type: "api_error", details: { error_code: "upstream_failed" } },
      request_id: response.headers.get("request-id"),
    });
    expect(events.map(({ type }) => type)).not.toContain("message_stop");
    await expect(anthropic.messages.stream(ask).finalMessage()).rejects.toMatchObject({ type: "api_error" });
  });

  it("goes on with the next model if the first one has only thought", async () => {
    const models = [name("model"), name("model")] as const;
    const first = heldStream();
    gateway.upstream.on(models[0], first);
    gateway.upstream.on(models[1], streamed(["Yes."]));
    const { anthropic, ask } = await teamWith(undefined, { models: [...models] });
    const asked = anthropic.messages.stream(ask);
    await first.arrived;
    const begun = new Promise((resolve) => asked.once("thinking", resolve));
    first.delta({ reasoning_content: "Hm" });
    await begun;
    first.cut();
    expect((await asked.finalMessage()).content).toMatchObject([
      { type: "thinking", thinking: "Hm", signature: "" },
      { type: "text", text: "Yes." },
    ]);
  });

  it("names the model that answers, if the first has failed before", async () => {
    const models = [name("model"), name("model")] as const;
    gateway.upstream.on(models[0], cut("before-answer"));
    gateway.upstream.on(models[1], streamed(["Yes."]));
    const { anthropic, ask } = await teamWith(undefined, { models: [...models] });
    expect(await anthropic.messages.stream(ask).finalMessage()).toMatchObject({ model: models[1] });
  });
});

describe("the same idempotency key", () => {
  it("gets the whole answer again, once it is over", async () => {
    const { deltas, end } = SENT.toolUse;
    const upstream = heldStream();
    const { team, ask } = await teamWith(upstream);
    const body = { model: ask.model, max_tokens: MAX_TOKENS, messages: QUESTION, stream: true };
    const key = { "idempotency-key": name("key") };
    const asked = post(team.secret, body, key);
    await upstream.arrived;
    for (const delta of deltas) upstream.delta(delta);
    upstream.finish(end);
    const first = folded(eventsIn(await (await asked).text()));
    const again = folded(eventsIn(await (await post(team.secret, body, key)).text()));
    expect(again).toEqual(first);
    const plain = await post(team.secret, { ...body, stream: false }, key);
    expect(await plain.json()).toMatchObject({
      id: first[0].message.id,
      content: [{ type: "text" }, { type: "tool_use", input: { location: "San Francisco, CA", unit: "fahrenheit" } }],
    });
  });
});

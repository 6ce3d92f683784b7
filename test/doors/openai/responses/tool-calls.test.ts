import { describe, expect, it } from "vitest";
import { OPENAI_CLIENTS, responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { faultsOf, type StreamedEvent } from "../../../kit/responses/event-schema.js";
import { heldStream } from "../../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });
const { clientOf, teamWith } = responsesOf(gateway);

const piece = (index: number, text: string, more: object = {}) => ({
  tool_calls: [{ index, ...more, function: { arguments: text } }],
});
const first = (index: number, text: string) => ({
  tool_calls: [{ index, id: `call_${index}`, function: { name: `look_${index}`, arguments: text } }],
});

/** Deltas of upstreams that do not send one call after the other, and the calls that they mean. */
const SCRIPTS: Readonly<Record<string, { deltas: readonly object[]; calls: readonly object[] }>> = {
  "pieces of two calls are mixed": {
    deltas: [first(0, '{"a"'), first(1, '{"b":'), piece(0, ":1}"), piece(1, "2}")],
    calls: [
      { call_id: "call_0", name: "look_0", arguments: '{"a":1}' },
      { call_id: "call_1", name: "look_1", arguments: '{"b":2}' },
    ],
  },
  "all names come before all arguments": {
    deltas: [first(0, ""), first(1, ""), piece(0, "{}"), piece(1, '{"b":2}')],
    calls: [
      { call_id: "call_0", arguments: "{}" },
      { call_id: "call_1", arguments: '{"b":2}' },
    ],
  },
  "text stands between the pieces of a call": {
    deltas: [first(0, '{"a"'), { content: "Well." }, piece(0, ":1}")],
    calls: [{ call_id: "call_0", arguments: '{"a":1}' }],
  },
  "the name comes in pieces": {
    deltas: [
      { tool_calls: [{ index: 0, id: "call_0", function: { name: "look_", arguments: "" } }] },
      { tool_calls: [{ index: 0, function: { name: "around", arguments: "{}" } }] },
    ],
    calls: [{ call_id: "call_0", name: "look_around", arguments: "{}" }],
  },
};

describe.each(OPENAI_CLIENTS)("$version", ({ module, isSkipped }) => {
  it.skipIf(isSkipped).each(Object.entries(SCRIPTS))("gets whole tool calls if %s", async (_what, script) => {
    const { team, model, upstreamModel } = await teamWith();
    const openai = await clientOf(module, team.secret);
    const upstream = heldStream();
    gateway.upstream.on(upstreamModel, upstream);
    const stream = openai.responses.stream({ model, input: "One?" });
    const events: StreamedEvent[] = [];
    stream.on("event", (event) => void events.push(event as StreamedEvent));
    const begun = new Promise<void>((resolve) => stream.once("response.output_item.added", () => resolve()));
    const final = stream.finalResponse();
    await upstream.arrived;
    // What comes together is told as one piece, so the rest comes when the first has been told.
    const [delta = {}, ...rest] = script.deltas;
    upstream.delta(delta);
    await begun;
    for (const each of rest) upstream.delta(each);
    upstream.finish({ reason: "tool_calls" });
    const { output } = await final;
    expect(output.filter(({ type }) => type === "function_call")).toMatchObject(script.calls);
    expect(faultsOf(events.map(({ snapshot: _gathered, ...event }) => event as StreamedEvent))).toEqual([]);
    // Clients act on what is said to be done.
    const done = events.filter(({ type }) => type === "response.output_item.done").map(({ item }) => item);
    expect(done.filter(({ type }) => type === "function_call")).toMatchObject(script.calls);
    const written = events.filter(({ type }) => type === "response.function_call_arguments.done");
    expect(written.map((event) => event.arguments)).toEqual(done.flatMap((item) => item.arguments ?? []));
    const added = events.filter(({ type }) => type === "response.output_item.added");
    expect(added).toHaveLength(output.length);
  });
});

import type OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { OPENAI_CLIENTS, responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { faultsOf, type StreamedEvent } from "../../../kit/responses/event-schema.js";
import { heldStream, streamed } from "../../../kit/upstream/upstream-streams.js";
import { name } from "../../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const { clientOf, teamWith } = responsesOf(gateway);

type Stream = ReturnType<OpenAI["responses"]["stream"]>;

/** Reads a stream to its end, and says what OpenAI's client makes of it. `onEvent` is told of each event. */
async function read(stream: Stream, onEvent: (event: StreamedEvent) => void) {
  const events: StreamedEvent[] = [];
  try {
    for await (const event of stream) {
      // The client adds what it has gathered, and what it has parsed.
      const { snapshot: _gathered, ...sent } = event as StreamedEvent;
      events.push(sent as StreamedEvent);
      onEvent(sent as StreamedEvent);
    }
    return { events, final: await stream.finalResponse() };
  } catch (error) {
    return { events, error };
  }
}

describe.each(OPENAI_CLIENTS)("$version", ({ module, isSkipped }) => {
  describe.skipIf(isSkipped)("is told of a stream", () => {
    it("that breaks off: the response has failed, with what came until then", async () => {
      const { team, model, upstreamModel } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const upstream = heldStream();
      gateway.upstream.on(upstreamModel, upstream);
      const reading = read(openai.responses.stream({ model, input: "One?" }), ({ type }) => {
        if (type === "response.output_text.delta") upstream.cut();
      });
      await upstream.arrived;
      upstream.text("A ga");
      const { events } = await reading;
      expect(events.at(-1)).toMatchObject({
        type: "response.failed",
        response: {
          status: "failed",
          error: { code: "upstream_failed" },
          output: [{ type: "message", status: "incomplete", content: [{ text: "A ga" }] }],
        },
      });
      const id = events.at(-1)?.response.id;
      expect(await openai.responses.retrieve(id)).toMatchObject({
        status: "failed",
        output: [{ status: "incomplete" }],
      });
    });

    it("whose model is given up while it thinks: the next one answers in the same response", async () => {
      const [first, second] = [name("model"), name("model")];
      const upstream = heldStream();
      gateway.upstream.on(first, upstream);
      gateway.upstream.on(second, streamed(["A gate."]));
      const team = await gateway.world.team({ models: [first, second] });
      const openai = await clientOf(module, team.secret);
      const reading = read(openai.responses.stream({ model: team.modelGroup, input: "One?" }), ({ type }) => {
        if (type === "response.reasoning_summary_text.delta") upstream.cut();
      });
      await upstream.arrived;
      upstream.delta({ reasoning_content: "They ask" });
      const { events, final } = await reading;
      expect(final).toMatchObject({
        status: "completed",
        model: second,
        output: [{ type: "message", content: [{ text: "A gate." }] }],
      });
      const done = events.filter(({ type }) => type === "response.output_item.done");
      expect(done.map(({ item, output_index: index }) => [item.type, index])).toEqual([
        ["reasoning", 0],
        ["message", 1],
      ]);
    });

    it("that the team may not see any more: an event says why", async () => {
      const { team, model, upstreamModel } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const upstream = heldStream();
      gateway.upstream.on(upstreamModel, upstream);
      const suspend = `mutation { suspendTeam(id: "${team.id}") { id } }`;
      const reading = read(openai.responses.stream({ model, input: "One?" }), ({ type }) => {
        if (type === "response.output_text.delta") void gateway.admin.data(suspend);
      });
      await upstream.arrived;
      upstream.text("A ga");
      const { error } = await reading;
      expect(error).toMatchObject({ message: expect.stringContaining("suspended") });
    });
  });
});

it("A stream that breaks off closes what it has opened.", async () => {
  const { team, model, upstreamModel } = await teamWith();
  const upstream = heldStream();
  gateway.upstream.on(upstreamModel, upstream);
  const openai = await clientOf("openai", team.secret);
  const stream = openai.responses.create({ model, input: "One?", stream: true });
  await upstream.arrived;
  upstream.text("A ga");
  const events: StreamedEvent[] = [];
  for await (const event of await stream) {
    events.push(event as unknown as StreamedEvent);
    if (event.type === "response.output_text.delta") upstream.cut();
  }
  expect(faultsOf(events)).toEqual([]);
  expect(events.at(-1)?.type).toBe("response.failed");
});

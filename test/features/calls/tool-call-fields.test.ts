import { describe, expect, it } from "vitest";
import { callsOf, shownOf } from "../../kit/calls-of.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { type Chunk, chunk, DONE, eventsOf, sent, usageChunk, whole } from "../../kit/upstream/upstream-answers.js";

const gateway = useGateway({ upstream: "scripted" });

const streamOf = (...pieces: readonly object[]) =>
  sent(eventsOf(...pieces.map((piece) => chunk({ tool_calls: [piece] })), chunk({}, "stop"), usageChunk()) + DONE);
const plainOf = (call: object) => sent(JSON.stringify(whole({ content: null, tool_calls: [call] }, "stop")));
const piecesIn = (chunks: readonly Chunk[]) =>
  chunks.flatMap(({ choices }) => (choices as { delta: { tool_calls?: Chunk[] } }[])[0]?.delta.tool_calls ?? []);

describe("a tool call reaches /v1", () => {
  const signed = { extra_content: { google: { thought_signature: "c2ln" } } };
  const look = { id: "call_a", type: "function", function: { name: "look", arguments: "{}" } };

  it.each([
    ["with Gemini's signature", streamOf({ index: 0, ...look, ...signed })],
    ["with a signature that comes in a piece of its own", streamOf({ index: 0, ...look }, signed)],
    ["with the signature in a plain answer", plainOf({ ...look, ...signed })],
  ])("%s, which the model needs back", async (_, behaviour) => {
    const { chunks, complete, call } = await shownOf(gateway, behaviour);
    expect(piecesIn(chunks).filter((piece) => "extra_content" in piece)).toMatchObject([{ index: 0, ...signed }]);
    expect(complete.choices[0].message.tool_calls).toEqual([{ ...look, ...signed }]);
    expect(call.toolCalls).toEqual([{ id: "call_a", name: "look", arguments: "{}" }]);
  });

  it.each([
    [
      "in pieces",
      streamOf(
        { index: 0, id: "call_a", type: "custom", custom: { name: "run", input: "print" } },
        { index: 0, custom: { input: "(1)" } },
      ),
    ],
    ["whole", plainOf({ id: "call_a", type: "custom", custom: { name: "run", input: "print(1)" } })],
  ])("of OpenAI's custom tools, %s, and GraphQL as any other", async (_, behaviour) => {
    const calls = await callsOf(gateway, behaviour);
    const [{ chunks }, complete, { call }] = [await calls.chunks(), await calls.complete(), await calls.stream()];
    const custom = piecesIn(chunks).map((piece) => piece.custom as { input: string });
    expect(custom.map(({ input }) => input).join("")).toBe("print(1)");
    expect(complete.choices[0]).toMatchObject({
      finish_reason: "tool_calls",
      message: { tool_calls: [{ id: "call_a", type: "custom", custom: { name: "run", input: "print(1)" } }] },
    });
    expect(call.toolCalls).toEqual([{ id: "call_a", name: "run", arguments: "print(1)" }]);
  });

  it("that is no list", async () => {
    const { call } = await shownOf(gateway, sent(eventsOf(chunk({ tool_calls: look }), chunk({}, "stop")) + DONE));
    expect(call.toolCalls).toMatchObject([{ name: "look" }]);
  });
});

describe("sound", () => {
  it("is something of an answer: after it no other model speaks", async () => {
    const sound = chunk({ audio: { id: "audio_1", data: "QUJD" } });
    const calls = await callsOf(gateway, sent(eventsOf(sound)), sent(JSON.stringify(whole({ content: "Second" }))));
    const { call } = await calls.stream();
    expect(call).toMatchObject({ status: "FAILED", attempts: [{ errorKind: "truncated" }] });
    const done = await callsOf(gateway, sent(eventsOf(sound) + DONE));
    expect((await done.stream()).call).toMatchObject({ status: "SUCCEEDED" });
  });
});

describe("the fingerprint of a model that failed", () => {
  it("is not on the chunks of the next one", async () => {
    const first = eventsOf(chunk({ role: "assistant" }, null, { system_fingerprint: "fp_1" }), { error: "It broke" });
    const calls = await callsOf(gateway, sent(first), sent(eventsOf(chunk({ content: "Hi" }, "stop")) + DONE));
    const { chunks } = await calls.chunks();
    const said = chunks.filter(({ choices }) => choices[0]?.delta.content);
    expect(said.map((piece) => piece.system_fingerprint)).toEqual([undefined]);
  });
});

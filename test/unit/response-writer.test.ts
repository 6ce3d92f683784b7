import { describe, expect, it } from "vitest";
import { askedResponse } from "../../src/doors/openai/responses/asked-response.js";
import { ResponseWriter } from "../../src/doors/openai/responses/output/response-writer.js";
import type { CallEvent } from "../../src/features/calls/log/call-event.js";
import type { EndedCall } from "../../src/features/calls/log/call-row.js";
import { faultsOf, type StreamedEvent } from "../kit/responses/event-schema.js";

const ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const CALL = {
  id: ID,
  status: "SUCCEEDED",
  model: "m",
  modelGroup: "g",
  finishReason: "stop",
  createdAt: new Date(1_772_443_800_000),
  finishedAt: new Date(1_772_443_801_000),
  promptTokens: 1,
  completionTokens: 1,
  cachedPromptTokens: null,
  reasoningTokens: null,
  extensions: {},
} as unknown as EndedCall;

type Said = CallEvent extends infer Event
  ? Event extends CallEvent
    ? Omit<Event, "callId" | "sequence">
    : never
  : never;

const text = (content: string): Said => ({ type: "text-delta", content });
const thought = (content: string): Said => ({ type: "reasoning-delta", field: "reasoning", content });
const tool = (index: number, piece: string): Said => ({
  type: "tool-call-delta",
  index,
  id: `call_${index}`,
  name: "f",
  arguments: piece,
});
const snapshot = (content: string, reasoning = "", toolArguments: string[] = []): Said => ({
  type: "snapshot",
  content,
  reasoning,
  reasoningField: "reasoning",
  toolCalls: toolArguments.map((each, index) => ({ id: `call_${index}`, name: "f", arguments: each })),
});
const discard: Said = { type: "model-switched", fromModel: "m", toModel: "n", reason: "It failed.", discard: true };
const RESTART = [text("A ga"), discard, text("A road.")];

/** The events that a client gets if a call says this. */
function written(said: readonly Said[]): StreamedEvent[] {
  const writer = new ResponseWriter(CALL, askedResponse({ model: "g", input: "?", stream: true }));
  const all: Said[] = [...said, { type: "finished", call: CALL }];
  const events = all.flatMap((each, at) => [...writer.take({ callId: ID, sequence: at + 1, ...each } as CallEvent)]);
  return JSON.parse(JSON.stringify(events));
}

const outputOf = (events: readonly StreamedEvent[]) =>
  events
    .at(-1)
    ?.response.output.map((item: StreamedEvent) => item.content?.[0].text ?? item.summary?.[0].text ?? item.arguments);

const CASES: readonly [string, Said[], string[], number][] = [
  ["a whole answer", [text("A "), text("gate.")], ["A gate."], 1],
  ["a snapshot for a client that comes late", [snapshot("A gate.", "Hm.", ["{}"])], ["Hm.", "A gate.", "{}"], 3],
  ["a snapshot that goes on", [text("A "), snapshot("A gate.")], ["A gate."], 1],
  ["a snapshot that goes on with the next item", [text("A "), snapshot("A gate.", "", ["{}"])], ["A gate.", "{}"], 2],
  ["a snapshot of another answer", [text("A ga"), snapshot("A road.")], ["A road."], 2],
  ["a snapshot of the same", [thought("Hm."), text("A gate."), snapshot("A gate.", "Hm.")], ["Hm.", "A gate."], 2],
  ["an answer that starts over", RESTART, ["A road."], 2],
  ["one that starts over with nothing said", [discard, text("A road.")], ["A road."], 1],
  ["tool calls that start over", [tool(0, '{"a"'), discard, tool(0, "{}")], ["{}"], 2],
  ["pieces of a call after the next has begun", [tool(0, "{"), tool(1, "{}"), tool(0, "}")], ["{}", "{}"], 2],
];

describe("A response's stream", () => {
  it.each(CASES)("is sound after %s", (_what, said, output, items) => {
    const events = written(said);
    expect(faultsOf(events)).toEqual([]);
    expect(outputOf(events)).toEqual(output);
    expect(events.filter(({ type }) => type === "response.output_item.added")).toHaveLength(items);
    const ids = events.filter(({ type }) => type === "response.output_item.added").map(({ item }) => item.id);
    expect(new Set(ids).size).toBe(items);
  });

  it("has the ids that a later read has", () => {
    const idsOf = (events: readonly StreamedEvent[]) =>
      events.at(-1)?.response.output.map(({ id }: StreamedEvent) => id);
    const live = written([thought("Hm."), text("A gate."), tool(0, "{}"), tool(1, "{}")]);
    expect(idsOf(live)).toEqual([`rs_${ID}`, `msg_${ID}`, `fc_${ID}`, `fc_${ID}_1`]);
    expect(idsOf(written([snapshot("A gate.", "Hm.", ["{}", "{}"])]))).toEqual(idsOf(live));
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReaderCopy } from "../../src/features/calls/follow/reader-copy.js";
import { Answer } from "../../src/features/calls/log/answer.js";
import { type CallItem, mergeDeltas, type Snapshot } from "../../src/features/calls/log/call-event.js";
import type { CallState } from "../../src/features/calls/log/call-log.js";

const STARTED: CallItem = { type: "started", model: "gpt-4" };
const text = (content: string): CallItem => ({ type: "text-delta", content });
const thought = (content: string): CallItem => ({ type: "reasoning-delta", content, field: "reasoning_content" });
const tool = (index: number, given: { id?: string; name?: string; arguments?: string }): CallItem => ({
  type: "tool-call-delta",
  index,
  ...given,
});
const discard: CallItem = { type: "model-switched", fromModel: "a", toModel: "b", reason: "It failed.", discard: true };

/** What the items come to, and what a reader has that does as it is told. */
function stateOf(items: readonly (CallItem | Snapshot)[]): CallState {
  let answer = new Answer();
  let restarts = 0;
  for (const item of items) {
    if (item.type === "text-delta" || item.type === "reasoning-delta" || item.type === "tool-call-delta")
      answer.add(item);
    else if (item.type === "snapshot") answer = new Answer(item);
    else if (item.type === "model-switched" && item.discard) {
      answer = new Answer();
      restarts += 1;
    }
  }
  return { ...answer.soFar, restarts };
}

/** What a reader is given that took the first items and then missed the others. */
function caughtUp(taken: readonly CallItem[], missed: readonly CallItem[]): readonly (CallItem | Snapshot)[] {
  const copy = new ReaderCopy();
  for (const item of taken) copy.take(item);
  return copy.catchUp(stateOf([...taken, ...missed]));
}

describe("a reader that fell behind", () => {
  it("is given the rest of the text as one delta", () => {
    expect(caughtUp([STARTED, text("Once ")], [text("upon "), text("a time")])).toEqual([text("upon a time")]);
  });

  it("is given the rest of the reasoning as one delta", () => {
    expect(caughtUp([STARTED, thought("I th")], [thought("in"), thought("k")])).toEqual([thought("ink")]);
  });

  it("is given the rest of a tool call as one delta, or the whole of one that is new to it", () => {
    const begun = [STARTED, tool(0, { id: "call_1", name: "look", arguments: '{"a"' })];
    expect(caughtUp(begun, [tool(0, { arguments: ":1" }), tool(0, { arguments: "}" })])).toEqual([
      tool(0, { name: "", arguments: ":1}" }),
    ]);
    const second = tool(1, { id: "call_2", name: "see", arguments: "{}" });
    expect(caughtUp(begun, [second])).toEqual([second]);
  });

  it("is given nothing if it lacks nothing", () => {
    expect(caughtUp([STARTED, text("Once")], [{ type: "extension", at: "delta", fields: { a: 1 } }])).toEqual([]);
  });

  it.each([
    ["text and a tool call", [STARTED, text("a")], [text("b"), tool(0, { id: "c", name: "n", arguments: "" })]],
    ["reasoning and text", [STARTED], [thought("a"), text("b")]],
    ["two tool calls", [STARTED], [tool(0, { id: "c", name: "n" }), tool(1, { id: "d", name: "n" })]],
    ["a new start", [STARTED, text("a")], [discard, text("abc")]],
    ["the beginning", [], [STARTED, text("a")]],
    ["what was before its place", [text("b")], [text("c")]],
  ])("is given a snapshot if it lacks %s", (_what, taken, missed) => {
    const { restarts: _, ...answer } = stateOf([...taken, ...missed]);
    expect(caughtUp(taken, missed)).toEqual([{ type: "snapshot", ...answer }]);
  });

  it("has the whole answer, however often it falls behind", () => {
    const item = fc.oneof(
      { weight: 4, arbitrary: fc.string({ maxLength: 3 }).map(text) },
      { weight: 2, arbitrary: fc.string({ maxLength: 3 }).map(thought) },
      fc
        .record({ index: fc.nat({ max: 2 }), id: fc.constant("call"), arguments: fc.string({ maxLength: 3 }) })
        .map(({ index, ...given }) => tool(index, { name: "", ...given })),
      fc.constant(discard),
    );
    const turn = fc.record({ items: fc.array(item, { maxLength: 5 }), isMissed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(turn), (turns) => {
        const copy = new ReaderCopy();
        const all: CallItem[] = [];
        const given: (CallItem | Snapshot)[] = [];
        const counted = toolCounter();
        for (const { items: generated, isMissed } of [{ items: [STARTED], isMissed: false }, ...turns]) {
          const items = generated.map(counted);
          all.push(...items);
          const merged = mergeDeltas(items.map((one, sequence) => ({ sequence, item: one }))).map(
            (entry) => entry.item,
          );
          if (isMissed) given.push(...copy.catchUp(stateOf(all)));
          else for (const one of merged) copy.take(one);
          if (!isMissed) given.push(...merged);
        }
        const { restarts: _, ...answer } = stateOf(given);
        expect(stateOf(all)).toMatchObject(answer);
      }),
      { numRuns: 500 },
    );
  });
});

/** Numbers tool calls as providers do: from 0, in the order in which they begin, and anew after a new start. */
function toolCounter(): (item: CallItem) => CallItem {
  let seen: number[] = [];
  return (item) => {
    if (item === discard) seen = [];
    if (item.type !== "tool-call-delta") return item;
    if (!seen.includes(item.index)) seen.push(item.index);
    return { ...item, index: seen.indexOf(item.index) };
  };
}

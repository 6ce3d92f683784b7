import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Answer } from "../../src/features/calls/log/answer.js";
import { type CallItem, mergeDeltas } from "../../src/features/calls/log/call-event.js";
import { createCallLog } from "../../src/features/calls/log/call-log.js";

const STARTED: CallItem = { type: "started", model: "gpt-4" };
const text = (content: string): CallItem => ({ type: "text-delta", content });
const numbered = (items: readonly CallItem[]) => items.map((item, index) => ({ sequence: index + 1, item }));

/** What a reader has that does as the items say. */
function answerOf(items: readonly { item: CallItem }[]): Pick<Answer, "content" | "reasoning" | "toolCalls"> {
  let answer = new Answer();
  for (const { item } of items) {
    if (item.type === "text-delta" || item.type === "reasoning-delta" || item.type === "tool-call-delta")
      answer.add(item);
    else if (item.type === "started" || (item.type === "model-switched" && item.discard)) answer = new Answer();
  }
  return { content: answer.content, reasoning: answer.reasoning, toolCalls: answer.toolCalls };
}

describe("waiting deltas", () => {
  const switched = { type: "model-switched" as const, fromModel: "a", toModel: "b", reason: "It failed." };
  const item: fc.Arbitrary<CallItem> = fc.oneof(
    { weight: 5, arbitrary: fc.string({ maxLength: 3 }).map(text) },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant("reasoning-delta" as const),
        content: fc.string({ maxLength: 3 }),
        field: fc.constantFrom("reasoning_content" as const, "reasoning" as const),
      }),
    },
    fc
      .record({ index: fc.nat({ max: 2 }), id: fc.constantFrom("call_1", undefined), arguments: fc.string() })
      .map(({ id, ...tool }): CallItem => ({ type: "tool-call-delta", ...tool, ...(id && { id }) })),
    fc.boolean().map((discard): CallItem => ({ ...switched, discard })),
  );

  it("make the same answer when they are merged, with the number of the last and nothing else moved", () => {
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const waiting = numbered(items);
        const merged = mergeDeltas(waiting);
        expect(answerOf(merged)).toEqual(answerOf(waiting));
        expect(merged.at(-1)?.sequence).toBe(waiting.at(-1)?.sequence);
        const others = (entries: typeof waiting) => entries.filter((entry) => entry.item.type === "model-switched");
        expect(others(merged)).toEqual(others(waiting));
      }),
    );
  });

  it("are merged only if nothing lies between them", () => {
    const tool: CallItem = { type: "tool-call-delta", index: 0, arguments: "{" };
    const merged = mergeDeltas(numbered([STARTED, text("a"), text("b"), tool, tool, { ...tool, index: 1 }, text("c")]));
    expect(merged.map(({ sequence }) => sequence)).toEqual([1, 3, 5, 6, 7]);
    expect(merged[1]?.item).toEqual(text("ab"));
  });
});

describe("a snapshot", () => {
  it("is the whole answer, even if a character was sent in two halves", async () => {
    const log = createCallLog();
    log.append("call", STARTED);
    log.append("call", text("Smile: "));
    for (let count = 0; count < 5_000; count++) {
      log.append("call", text("\ud83d"));
      log.append("call", text("\ude00"));
    }
    const { value } = await log.read("call", 0, new AbortController().signal).next();
    expect(value).toMatchObject({ kind: "state", sequence: 10_002 });
    expect(value?.kind === "state" && value.state.content).toBe(`Smile: ${"\u{1f600}".repeat(5_000)}`);
    log.dispose();
  });
});

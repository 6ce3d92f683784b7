import { describe, expect, test } from "vitest";
import { addEvent, type CallEvent, NO_ANSWER } from "../src/answer/answer";

/** Gives events their numbers and the id of one call. */
const answerAfter = (...events: readonly object[]) =>
  events.reduce(
    (answer: typeof NO_ANSWER, event, index) =>
      addEvent(answer, { callId: "1", sequence: index + 1, ...event } as CallEvent),
    NO_ANSWER,
  );

const started = { __typename: "LlmCallStarted", model: "one" };
const delta = (content: string) => ({ __typename: "LlmCallDelta", content });

describe("what a call has said", () => {
  test("Text and reasoning grow, each by itself", () => {
    const answer = answerAfter(started, { __typename: "LlmCallReasoningDelta", content: "hm" }, delta("a"), delta("b"));
    expect(answer).toMatchObject({ model: "one", text: "ab", reasoning: "hm", sequence: 4, finished: null });
  });

  test("Another model begins anew if what was said is void, and goes on otherwise", () => {
    const switched = { __typename: "LlmCallModelSwitched", fromModel: "one", toModel: "two", reason: "It failed." };
    expect(answerAfter(started, delta("a"), { ...switched, discard: true }, delta("b"))).toMatchObject({
      text: "b",
      model: "two",
      switches: [{ from: "one", to: "two", reason: "It failed." }],
    });
    expect(answerAfter(started, delta("a"), { ...switched, discard: false }, delta("b")).text).toBe("ab");
  });

  test("A snapshot replaces everything before it", () => {
    const snapshot = { __typename: "LlmCallSnapshot", content: "whole", reasoning: "", toolCalls: [] };
    expect(answerAfter(started, delta("x"), snapshot, delta("!")).text).toBe("whole!");
  });

  test("Calls of tools are put together by their index", () => {
    const part = (index: number, name: string | null, more: string) => ({
      __typename: "LlmToolCallDelta",
      index,
      name,
      arguments: more,
    });
    const { toolCalls } = answerAfter(
      started,
      part(0, "weather", '{"ci'),
      part(1, "time", "{}"),
      part(0, null, 'ty":1}'),
    );
    expect(toolCalls).toEqual([
      { name: "weather", arguments: '{"city":1}' },
      { name: "time", arguments: "{}" },
    ]);
  });
});

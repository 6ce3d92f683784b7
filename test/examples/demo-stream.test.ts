import { describe, expect, it } from "vitest";
import { printEvent } from "../../examples/demo/print.js";
import { Progress } from "../../examples/demo/progress.js";
import { scenario } from "../../examples/demo/scenario.js";
import { StreamedCall } from "../../examples/demo/streamed-call.js";
import type { CallEventFragment as CallEvent, SettledCallFragment } from "../../examples/graphql/operations.js";

describe("the demo's streamed call", () => {
  const { analysis, advanced } = scenario();
  const asked = { ...analysis, jobId: "0c2f0f3c-5b0e-4a43-9a53-6d3b7f0f6f00", modelGroup: advanced.name };
  const callId = "7d9d2a34-4f7a-4a0e-8f0c-3a9b8f5a1c11";
  const settled: SettledCallFragment = {
    id: callId,
    status: "SUCCEEDED",
    error: null,
    job: { id: asked.jobId },
    modelGroup: asked.modelGroup,
    purpose: asked.purpose,
    model: "gpt-4",
    provider: "simulated",
    content: "Hello.",
    usage: { promptTokens: 2, completionTokens: 3, totalTokens: 5 },
    latencyMs: 10,
    costUsd: "0.1",
    costSource: "PRICE_TABLE",
  };
  const started = (sequence: number): CallEvent => ({ __typename: "LlmCallStarted", callId, sequence, model: "gpt-4" });
  const delta = (sequence: number, content: string): CallEvent => ({
    __typename: "LlmCallDelta",
    callId,
    sequence,
    content,
  });
  const switched = (sequence: number): CallEvent => ({
    __typename: "LlmCallModelSwitched",
    callId,
    sequence,
    fromModel: "gpt-4",
    toModel: "gpt-4-turbo",
    reason: "It failed.",
    discard: true,
  });
  const finished = (sequence: number, differing: Partial<typeof settled> = {}): CallEvent => ({
    __typename: "LlmCallFinished",
    callId,
    sequence,
    call: { ...settled, ...differing },
  });
  const take = (events: readonly CallEvent[]) => {
    const call = new StreamedCall(asked, advanced);
    for (const event of events) call.take(event);
    return call;
  };

  it("is the settled one, whatever was joined or discarded on the way", () => {
    expect(take([started(1), delta(3, "Hel"), delta(4, "lo."), finished(5)]).end()).toEqual(settled);
    const restarted = [started(1), delta(2, "No"), switched(3), delta(4, "Hel"), delta(5, "lo."), finished(6)];
    expect(take(restarted).end()).toEqual(settled);
  });

  it.each<[string, CallEvent[], RegExp]>([
    ["without a beginning", [delta(1, "Hello.")], /got LlmCallDelta after nothing/],
    ["that begins twice", [started(1), started(2)], /got LlmCallStarted after LlmCallStarted/],
    ["with a repeat", [started(1), delta(2, "a"), delta(2, "a")], /sequence: got 2, expected more than 2/],
    ["of two calls", [started(1), { ...delta(2, "a"), callId: "other" }], /callId: got "other"/],
    ["that ends twice", [started(1), finished(2), finished(3)], /got LlmCallFinished after LlmCallFinished/],
    ["that goes on after its end", [started(1), finished(2), delta(3, "a")], /got LlmCallDelta after LlmCallFinished/],
    ["without an end", [started(1), delta(2, "Hello.")], /ended after LlmCallDelta, expected LlmCallFinished/],
    ["of nothing", [], /ended after nothing/],
    ["of one piece", [started(1), delta(2, "Hello."), finished(3)], /LlmCallDelta events: got 1, expected 2 or more/],
    [
      "with a hole",
      [started(1), delta(2, "Hel"), delta(3, "o."), finished(4)],
      /content: got "Hello.", expected .*"Helo."/,
    ],
    ["of a foreign model", [{ ...started(1), model: "x" } as CallEvent], /model: got "x", expected "gpt-4"/],
    [
      "that fails",
      [
        started(1),
        finished(2, { status: "FAILED", error: { code: "UPSTREAM_FAILED", message: "It broke." } } as object),
      ],
      /got FAILED with UPSTREAM_FAILED: It broke/,
    ],
  ])("%s is refused", (_, events, message) => {
    expect(() => take(events).end()).toThrow(message);
  });

  it("is written as it comes, and cannot steer the terminal", () => {
    const written: string[] = [];
    const progress = new Progress({ isTTY: true, write: (text: unknown) => written.push(String(text)) > 0 });
    for (const event of [started(1), delta(2, "One\n\ntwo"), delta(3, " \u001b[2Jthree"), finished(4)])
      printEvent(progress, event);
    expect(written).toEqual(["    Response: ", "One two", " [2Jthree"]);
  });
});

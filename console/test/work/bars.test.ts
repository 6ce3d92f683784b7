import { describe, expect, test } from "vitest";
import type { CallFactsFragment } from "../../src/api/graphql";
import { barOf, coloursOf, detourOf, spanOf } from "../../src/pages/jobs/timeline/bars";
import { scaleOf } from "../../src/pages/jobs/timeline/scale";

type Attempt = CallFactsFragment["attempts"][number];

const at = (second: number) => new Date(Date.UTC(2026, 10, 3) + second * 1_000).toISOString();
const attempt = (given: Partial<Attempt>): Attempt => ({
  number: 1,
  model: "small",
  provider: "simulated",
  upstream: "default",
  status: "SUCCEEDED",
  failureKind: null,
  startedAt: at(0),
  firstTokenAt: null,
  endedAt: at(10),
  costUsd: null,
  costSource: null,
  usage: null,
  ...given,
});
const callOf = (given: Partial<CallFactsFragment>): CallFactsFragment => ({
  id: "call",
  kind: "CHAT",
  status: "SUCCEEDED",
  purpose: null,
  modelGroup: "chat",
  model: "small",
  createdAt: at(0),
  finishedAt: at(10),
  latencyMs: 10_000,
  timeToFirstTokenMs: null,
  costUsd: null,
  costSource: null,
  hasUnpricedPart: false,
  usage: null,
  error: null,
  attempts: [],
  ...given,
});
const drawn = (call: CallFactsFragment, now = Date.parse(at(10))) =>
  barOf(call, scaleOf([{ from: Date.parse(at(0)), to: Date.parse(at(10)) }]), now);

describe("the bar of a call", () => {
  test("An attempt waits until its first token, and then answers", () => {
    const { parts, firstTokens } = drawn(callOf({ attempts: [attempt({ firstTokenAt: at(4) })] }));
    expect(parts).toEqual([
      { kind: "waiting", model: "small", from: 0, to: 40 },
      { kind: "answering", model: "small", from: 40, to: 100 },
    ]);
    expect(firstTokens).toEqual([40]);
  });

  test("A failed attempt is one part, also if it had begun to answer", () => {
    const failed = attempt({ status: "FAILED", failureKind: "TRUNCATED", firstTokenAt: at(1), endedAt: at(2) });
    const { parts, firstTokens } = drawn(callOf({ attempts: [failed, attempt({ model: "large", startedAt: at(3) })] }));
    expect(parts).toEqual([
      { kind: "failed", model: "small", from: 0, to: 20 },
      { kind: "waiting", model: "large", from: 30, to: 100 },
    ]);
    expect(firstTokens).toEqual([10]);
  });

  test("One that was cancelled says so in what had been answered", () => {
    const { parts } = drawn(
      callOf({ status: "CANCELLED", attempts: [attempt({ status: "CANCELLED", firstTokenAt: at(5) })] }),
    );
    expect(parts.map(({ kind }) => kind)).toEqual(["waiting", "cancelled"]);
  });

  test("A call that runs goes up to now, and never backwards if clocks differ", () => {
    const call = callOf({ status: "RUNNING", finishedAt: null });
    expect(drawn(call, Date.parse(at(5)))).toMatchObject({ from: 0, to: 50, parts: [{ from: 0, to: 50 }] });
    expect(spanOf(call, Date.parse(at(-60)))).toEqual({ from: Date.parse(at(0)), to: Date.parse(at(0)) });
  });
});

describe("what is said of a call", () => {
  test("It says which models failed before one answered, or how often one was tried", () => {
    const failed = attempt({ status: "FAILED" });
    expect(detourOf(callOf({ attempts: [failed, attempt({ model: "large" })] }))).toBe("large · fell back from small");
    expect(detourOf(callOf({ attempts: [failed, attempt({})] }))).toBe("small · 2 tries");
    expect(detourOf(callOf({ attempts: [attempt({})] }))).toBeNull();
  });

  test("Each model keeps the colour of its first appearance, and those beyond the sixth share one", () => {
    const models = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const calls = models.map((model) => callOf({ model, attempts: [attempt({ model })] }));
    const colours = coloursOf([...calls, ...calls]);
    expect([...colours.keys()]).toEqual(models);
    expect(new Set(colours.values()).size).toBe(7);
    expect(colours.get("g")).toBe(colours.get("h"));
  });
});

import { describe, expect, it } from "vitest";
import {
  UpstreamError,
  type UpstreamErrorDetails,
  type UpstreamErrorKind,
} from "../../src/upstream/failure/upstream-error.js";
import { type Progress, stepAfter, verdictOf } from "../../src/upstream/resilience/retry-policy.js";

const FIRST: Progress = { retriesOfModel: 0, waitedMs: 0 };
const step = (kind: UpstreamErrorKind, details?: UpstreamErrorDetails, progress: Partial<Progress> = {}, random = 1) =>
  stepAfter(new UpstreamError(kind, "m", details), { ...FIRST, ...progress }, random);

const AGAIN = { do: "ask-again", afterMs: 250 };
const NEXT = { do: "ask-next-model" };

describe("after a failed attempt", () => {
  it.each<[UpstreamErrorKind, UpstreamErrorDetails, object]>([
    ["rate-limited", { status: 429 }, AGAIN],
    ["overloaded", { status: 503 }, AGAIN],
    ["unavailable", { status: 500 }, AGAIN],
    ["unavailable", {}, AGAIN],
    ["unavailable", { usageUnknown: true }, AGAIN],
    ["unavailable", { status: 404 }, NEXT],
    ["unavailable", { status: 402 }, NEXT],
    ["timeout", {}, NEXT],
    ["timeout", { status: 504 }, NEXT],
    ["timeout", { usageUnknown: false }, AGAIN],
    ["authentication", { status: 401 }, NEXT],
    ["content-filter", { status: 400 }, NEXT],
    ["context-length", { status: 400 }, NEXT],
    ["truncated", {}, NEXT],
    ["malformed", { status: 200 }, NEXT],
    ["invalid-request", { status: 400 }, { do: "give-up" }],
  ])("%s %j", (kind, details, expected) => {
    expect(step(kind, details)).toEqual(expected);
  });

  it("the wait doubles, and is spread over its upper half", () => {
    const waits = (random: number) =>
      [0, 1].map((retriesOfModel) => step("overloaded", {}, { retriesOfModel }, random));
    expect(waits(1)).toEqual([
      { do: "ask-again", afterMs: 250 },
      { do: "ask-again", afterMs: 500 },
    ]);
    expect(waits(0)).toEqual([
      { do: "ask-again", afterMs: 125 },
      { do: "ask-again", afterMs: 250 },
    ]);
  });

  it("a model is asked three times at most", () => {
    expect(step("overloaded", {}, { retriesOfModel: 2 })).toEqual(NEXT);
  });

  it("retry-after is waited for in full, or not at all", () => {
    expect(step("rate-limited", { retryAfterMs: 3_000 }, {}, 0)).toEqual({ do: "ask-again", afterMs: 3_125 });
    expect(step("rate-limited", { retryAfterMs: 9_750 })).toEqual({ do: "ask-again", afterMs: 10_000 });
    expect(step("rate-limited", { retryAfterMs: 9_751 })).toEqual(NEXT);
    expect(step("rate-limited", { retryAfterMs: 600_000 })).toEqual(NEXT);
  });

  it("a call waits 10 seconds at most in all", () => {
    expect(step("overloaded", {}, { waitedMs: 9_750 })).toEqual(AGAIN);
    expect(step("overloaded", {}, { waitedMs: 9_751 })).toEqual(NEXT);
  });
});

describe("what an attempt tells of the model", () => {
  it.each<[UpstreamErrorKind, string]>([
    ["rate-limited", "unwell"],
    ["overloaded", "unwell"],
    ["timeout", "unwell"],
    ["unavailable", "unwell"],
    ["authentication", "unwell"],
    ["truncated", "unwell"],
    ["malformed", "unwell"],
    ["invalid-request", "nothing"],
    ["content-filter", "nothing"],
    ["context-length", "nothing"],
  ])("%s: %s", (kind, verdict) => {
    expect(verdictOf(new UpstreamError(kind, "m"))).toBe(verdict);
  });

  it("an answer: that it is well; a cancellation: nothing", () => {
    expect(verdictOf(undefined)).toBe("well");
    expect(verdictOf(new DOMException("Aborted", "AbortError"))).toBe("nothing");
  });
});

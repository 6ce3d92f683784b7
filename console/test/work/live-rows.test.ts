import { describe, expect, test } from "vitest";
import { type LiveRow, nextRows, type RunningCall } from "../../src/pages/live/live-rows";

const callOf = (id: string): RunningCall => ({
  id,
  purpose: null,
  modelGroup: "chat",
  createdAt: new Date(0).toISOString(),
  team: { id: "team", alias: "Team" },
  job: { id: "job", jobType: "draft" },
});
const calls = (...ids: string[]) => ids.map(callOf);
const idsOf = (rows: readonly LiveRow[]) =>
  rows.map(({ call, endedAt }) => (endedAt === null ? call.id : `(${call.id})`));

describe("the rows of running calls", () => {
  test("New calls come at the end, and those that have ended stay for a moment", () => {
    const first = nextRows([], calls("a", "b"), 0, false);
    const second = nextRows(first, calls("b", "c"), 2_000, false);
    expect(idsOf(second)).toEqual(["(a)", "b", "c"]);
    expect(idsOf(nextRows(second, calls("b", "c"), 6_000, false))).toEqual(["(a)", "b", "c"]);
    expect(idsOf(nextRows(second, calls("b", "c"), 7_000, false))).toEqual(["b", "c"]);
  });

  test("No row leaves while a person points at the list", () => {
    const ended = nextRows(nextRows([], calls("a", "b"), 0, true), calls("b"), 1_000, true);
    const later = nextRows(ended, calls("b"), 600_000, true);
    expect(idsOf(later)).toEqual(["(a)", "b"]);
    expect(idsOf(nextRows(later, calls("b"), 600_001, false))).toEqual(["b"]);
  });

  test("If many calls end at once, most rows are of calls that run", () => {
    const before = nextRows([], calls("a", "b", "c", "d", "e", "f", "g"), 0, false);
    expect(idsOf(nextRows(before, calls("h"), 2_000, false))).toEqual(["(c)", "(d)", "(e)", "(f)", "(g)", "h"]);
  });

  test("A list that is pointed at for hours keeps the newest rows only", () => {
    let rows: readonly LiveRow[] = [];
    for (let second = 0; second < 1_000; second++) rows = nextRows(rows, calls(`call ${second}`), second * 1_000, true);
    expect(rows).toHaveLength(201);
    expect(idsOf(rows).at(0)).toBe("(call 799)");
    expect(idsOf(rows).at(-1)).toBe("call 999");
  });
});

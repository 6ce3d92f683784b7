import { describe, expect, test } from "vitest";
import { rangeBefore, rangeOf, readPeriod, startsOf, stepsOf } from "../src/period/period";

const now = new Date("2026-11-30T14:20:00Z");
const at = (text: string) => new Date(text);

describe("the period of a page", () => {
  test("What the address says is read, and nothing else", () => {
    expect(readPeriod({ period: "7d", team: "x" })).toEqual({ period: "7d" });
    expect(readPeriod({ period: "custom", from: "2026-11-01", to: "2026-11-03" })).toEqual({
      period: "custom",
      from: "2026-11-01",
      to: "2026-11-03",
    });
    for (const search of [
      {},
      { period: "1y" },
      { period: "custom" },
      { period: "custom", from: "2026-11-04", to: "2026-11-03" },
      { period: "custom", from: "2026-13-01", to: "2026-13-02" },
      { period: "custom", from: ["2026-11-01"], to: 5 },
    ])
      expect(readPeriod(search)).toEqual({});
  });

  test("A period up to now ends with the hour that runs, and the one before is as long", () => {
    const range = rangeOf({ period: "24h" }, now);
    expect(range).toEqual({ from: at("2026-11-29T15:00Z"), to: at("2026-11-30T15:00Z") });
    expect(rangeBefore(range)).toEqual({ from: at("2026-11-28T15:00Z"), to: at("2026-11-29T15:00Z") });
    expect(rangeOf({}, now).from).toEqual(at("2026-10-31T15:00Z"));
  });

  test("Days of one's own are those of UTC, the last one included", () => {
    expect(rangeOf({ period: "custom", from: "2026-11-01", to: "2026-11-01" }, now)).toEqual({
      from: at("2026-11-01T00:00Z"),
      to: at("2026-11-02T00:00Z"),
    });
  });

  test("Steps begin with the range, and then with each hour, day or month", () => {
    const range = rangeOf({ period: "7d" }, now);
    expect(stepsOf(range)).toBe("DAY");
    const starts = startsOf(range, "DAY");
    expect(starts[0]).toEqual(range.from);
    expect(starts[1]).toEqual(at("2026-11-24T00:00Z"));
    expect(starts.at(-1)).toEqual(at("2026-11-30T00:00Z"));
    expect(starts).toHaveLength(8);
    expect(startsOf(rangeOf({ period: "24h" }, now), "HOUR")).toHaveLength(24);
    const year = { from: at("2026-01-15T00:00Z"), to: at("2027-01-15T00:00Z") };
    expect(stepsOf(year)).toBe("MONTH");
    expect(startsOf(year, "MONTH")).toHaveLength(13);
  });
});

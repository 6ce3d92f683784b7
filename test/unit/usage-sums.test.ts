import { describe, expect, it } from "vitest";
import { bucketsOf, pointsOf } from "../../src/features/usage/report/usage-buckets.js";
import { percentilesOf } from "../../src/features/usage/rollup/histogram.js";

const hours = (from: string, to: string) => ({ from: new Date(`${from}:00Z`), to: new Date(`${to}:00Z`) });
const written = (range: ReturnType<typeof hours>) =>
  pointsOf(range).map(({ span, start, sign }) => `${sign < 0 ? "-" : "+"}${span} ${start.toISOString().slice(0, 13)}`);
const HOUR_MS = 3_600_000;

describe("the points of a range", () => {
  it("are whole months, with days and hours at both ends", () => {
    expect(written(hours("2026-02-27T22:00", "2026-04-01T01:00"))).toEqual([
      "+HOUR 2026-02-27T22",
      "+HOUR 2026-02-27T23",
      "+DAY 2026-02-28T00",
      "+MONTH 2026-03-01T00",
      "+HOUR 2026-04-01T00",
    ]);
  });

  it("are a whole month without what is outside, if that is less", () => {
    expect(written(hours("2026-03-02T01:00", "2026-03-31T00:00"))).toEqual([
      "+MONTH 2026-03-01T00",
      "-DAY 2026-03-01T00",
      "-HOUR 2026-03-02T00",
      "-DAY 2026-03-31T00",
    ]);
    expect(written(hours("2026-03-02T01:00", "2026-03-02T23:00"))).toEqual([
      "+DAY 2026-03-02T00",
      "-HOUR 2026-03-02T00",
      "-HOUR 2026-03-02T23",
    ]);
  });

  it("are ten days where a part of a month has any", () => {
    expect(written(hours("2026-02-10T00:00", "2026-02-21T01:00"))).toEqual([
      "+DAY 2026-02-10T00",
      "+TEN_DAYS 2026-02-11T00",
      "+HOUR 2026-02-21T00",
    ]);
    expect(written(hours("2026-02-21T00:00", "2026-03-10T00:00"))).toEqual([
      "+TEN_DAYS 2026-02-21T00",
      "+TEN_DAYS 2026-03-01T00",
      "-DAY 2026-03-10T00",
    ]);
  });

  it("cover each hour of any range once, and no other", () => {
    const start = Date.UTC(2027, 11, 30);
    for (let seed = 1; seed < 400; seed++) {
      const from = new Date(start + ((seed * 7_919) % 700) * HOUR_MS);
      const to = new Date(from.getTime() + (1 + ((seed * 104_729) % 2_500)) * HOUR_MS);
      const counts = new Map<number, number>();
      for (const { span, start: at, sign } of pointsOf({ from, to })) {
        const end = {
          HOUR: at.getTime() + HOUR_MS,
          DAY: at.getTime() + 24 * HOUR_MS,
          TEN_DAYS: Date.UTC(
            at.getUTCFullYear(),
            at.getUTCMonth() + Number(at.getUTCDate() > 20),
            (at.getUTCDate() + 10) % 30,
          ),
          MONTH: Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1),
        }[span];
        for (let hour = at.getTime(); hour < end; hour += HOUR_MS) counts.set(hour, (counts.get(hour) ?? 0) + sign);
      }
      for (const [hour, count] of counts) expect(count).toBe(hour >= from.getTime() && hour < to.getTime() ? 1 : 0);
      expect([...counts.values()].filter((count) => count === 1)).toHaveLength(
        (to.getTime() - from.getTime()) / HOUR_MS,
      );
    }
  });

  it("make up the buckets of a report, of which the first and the last may be parts", () => {
    const starts = [...bucketsOf(hours("2026-01-30T05:00", "2026-03-01T02:00"), "MONTH")].map(({ start }) =>
      start.toISOString(),
    );
    expect(starts).toEqual(["2026-01-30T05:00:00.000Z", "2026-02-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z"]);
  });
});

describe("a histogram that is a number", () => {
  const of = (...buckets: [bucket: number, count: bigint][]) =>
    buckets.reduce((sum, [bucket, count]) => sum + count * 10n ** BigInt(12 * bucket), 0n).toString();

  it("gives back the values of narrow buckets exactly", () => {
    expect(percentilesOf(of([3, 1n]), [50, 99])).toEqual({ 50: 3, 99: 3 });
    expect(percentilesOf(of([0, 50n], [7, 45n], [9, 5n]), [50, 51, 95, 96])).toEqual({ 50: 0, 51: 7, 95: 7, 96: 9 });
  });

  it("holds billions of values, and an hour at most", () => {
    expect(percentilesOf(of([1, 999_999_999_999n], [200, 1n]), [50, 100])).toMatchObject({ 50: 1 });
    expect(percentilesOf("0", [50])).toBeNull();
  });
});

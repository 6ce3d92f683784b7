import { describe, expect, test } from "vitest";
import { scaleOf } from "../../src/pages/jobs/timeline/scale";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const START = Date.UTC(2026, 10, 3);
/** A call that ran between two seconds of the job. */
const ran = (from: number, to: number) => ({ from: START + from * SECOND, to: START + to * SECOND });
const wordsOf = (scale: ReturnType<typeof scaleOf>) => scale.ticks.map(({ words }) => words);

describe("the axis of a job's timeline", () => {
  test("It goes from the first call to the end of the last, in round steps", () => {
    const scale = scaleOf([ran(0, 2), ran(1, 9.8), ran(3, 4)]);
    expect(wordsOf(scale)).toEqual(["0 s", "2 s", "4 s", "6 s", "8 s"]);
    expect(scale.pauses).toEqual([]);
    expect([START, START + 4_900, START + 9_800].map(scale.at)).toEqual([0, 50, 100]);
  });

  test.each([
    [0.4, ["0 s", "100 ms", "200 ms", "300 ms", "400 ms"]],
    [90, ["0 s", "20 s", "40 s", "1 min", "1 min 20 s"]],
    [3 * 3_600, ["0 s", "30 min", "1 h", "1 h 30 min", "2 h", "2 h 30 min", "3 h"]],
    [20 * 24 * 3_600, ["0 s", "4 d", "8 d", "12 d", "16 d", "20 d"]],
  ])("A call of %s s has ticks that can be read", (seconds, words) => {
    expect(wordsOf(scaleOf([ran(0, seconds)]))).toEqual(words);
  });

  test("Hours between two calls are made short, so that the calls can be seen", () => {
    const scale = scaleOf([ran(0, 2), ran(7_200, 7_202)]);
    expect(scale.pauses).toEqual([{ from: 48.5, to: 51.5 }]);
    expect(scale.at(START + 1 * SECOND)).toBeCloseTo(24.25);
    // Nothing ran then: it stands at the edge of the pause.
    expect(scale.at(START + HOUR)).toBeCloseTo(48.5);
    expect(scale.at(START + 7_201 * SECOND)).toBeCloseTo(75.75);
    expect(wordsOf(scale)).toEqual(["0 s", "2 h"]);
  });

  test("Pauses of any number leave the calls most of the axis, and ticks do not overlap", () => {
    const scale = scaleOf(Array.from({ length: 200 }, (_, call) => ran(call * 60, call * 60 + 1)));
    const paused = scale.pauses.reduce((sum, { from, to }) => sum + to - from, 0);
    expect(scale.pauses).toHaveLength(199);
    expect(paused).toBeCloseTo(30);
    const apart = scale.ticks.map(({ at }, index) => at - (scale.ticks[index - 1]?.at ?? -100));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(11);
    expect(scale.at(START + 199 * 60 * SECOND + SECOND)).toBeCloseTo(100);
  });

  test("Short pauses stay as long as they were", () => {
    expect(scaleOf([ran(0, 5), ran(7, 12)]).pauses).toEqual([]);
  });

  test("A job without calls, or with one that took no time, has an axis too", () => {
    expect(scaleOf([]).at(START)).toBe(0);
    expect(scaleOf([ran(0, 0)]).at(START)).toBe(0);
  });
});

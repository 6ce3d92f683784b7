import { expect, test } from "vitest";
import { ticksUpTo } from "../src/charts/series";

test.each([
  [0, [0, 1]],
  [0.28, [0, 0.1, 0.2, 0.30000000000000004]],
  [58, [0, 20, 40, 60]],
  [4, [0, 1, 2, 3, 4]],
  [950, [0, 250, 500, 750, 1000]],
])("The axis of values up to %s has round steps", (largest, ticks) => {
  expect(ticksUpTo(largest)).toEqual(ticks);
});

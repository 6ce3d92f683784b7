import { expect, it } from "vitest";
import { runningCallsOf } from "../../../src/config/running-calls.js";

const GIB = 1024 ** 3;

it("As many calls may run as half of the heap can hold, and half of these for one team.", () => {
  expect(runningCallsOf(GIB / 4)).toEqual({ max: 1_024, ofTeamMax: 512 });
  expect(runningCallsOf(2 * GIB)).toEqual({ max: 8_000, ofTeamMax: 4_000 });
  expect(runningCallsOf(64 * GIB)).toEqual({ max: 8_000, ofTeamMax: 4_000 });
  expect(runningCallsOf(0)).toEqual({ max: 2, ofTeamMax: 1 });
});

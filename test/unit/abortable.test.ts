import { expect, it } from "vitest";
import { leaveOn } from "../../src/lib/async/abortable.js";

it("What waits on a signal is left when the signal aborts, and only then.", () => {
  const controller = new AbortController();
  let left = 0;
  leaveOn(controller.signal, () => left++);
  expect(left).toBe(0);
  controller.abort();
  expect(left).toBe(1);
});

it("What waits on a signal that has aborted is left at once.", () => {
  let left = 0;
  leaveOn(AbortSignal.abort(), () => left++);
  expect(left).toBe(1);
});

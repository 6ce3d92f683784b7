import { vi } from "vitest";

const LONG_MS = 100;
const NEVER_MS = 2 ** 31 - 1;

/**
 * From now on, nothing that waits 100 ms or longer in this process comes to its end, whether it waits for a timer or
 * compares times. So nothing looks at intervals, and only what is told takes effect. `vi.restoreAllMocks` ends it.
 */
export function stopWaits(): void {
  const { setTimeout, setInterval } = globalThis;
  const orNever = (ms = 0) => (ms < LONG_MS ? ms : NEVER_MS);
  const now = performance.now();
  vi.spyOn(globalThis, "setTimeout").mockImplementation((run, ms) => setTimeout(run, orNever(ms)));
  vi.spyOn(globalThis, "setInterval").mockImplementation((run, ms) => setInterval(run, orNever(ms)));
  vi.spyOn(performance, "now").mockReturnValue(now);
}

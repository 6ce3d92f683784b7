import { afterEach, expect, it, vi } from "vitest";
import { whenUp } from "../../src/lib/async/when-up.js";
import { NotUpYet } from "../../src/lib/start-error.js";

afterEach(() => void vi.restoreAllMocks());

it("A start whose first try took longer than it may wait says that it waits, and tries again", async () => {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const said: string[] = [];
  let tries = 0;
  const open = async () => {
    if (++tries === 2) return "opened";
    // The process loads its code meanwhile.
    now += 5_000;
    throw new NotUpYet("It takes no connections.");
  };
  const signal = new AbortController().signal;
  expect(await whenUp(open, { forMs: 700, signal, say: (sentence) => said.push(sentence) })).toBe("opened");
  expect(said).toEqual(["It takes no connections. The start waits for it, up to 0.7 s (START_WAIT_MS)."]);
});

import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Turns } from "../../src/upstream/resilience/turns.js";

const never = new AbortController().signal;
const LONG_MS = 60_000;

describe("turns at an upstream", () => {
  it("are at most so many at once, and each is given back once", () => {
    const turns = new Turns(2);
    const [first, second] = [turns.take(), turns.take()];
    expect([turns.take(), turns.running]).toEqual([null, 2]);
    first?.();
    first?.();
    expect(turns.running).toBe(1);
    expect(turns.take()).not.toBeNull();
    second?.();
    expect(turns.running).toBe(1);
  });

  it("are without end if there is no limit", () => {
    const turns = new Turns(null);
    for (let count = 0; count < 1_000; count++) expect(turns.take()).not.toBeNull();
    expect(turns.running).toBe(1_000);
  });

  it("go to those who wait in the order in which they came", async () => {
    const turns = new Turns(1);
    const given = turns.take();
    const order: string[] = [];
    const wait = async (name: string) => {
      const giveBack = await turns.wait(LONG_MS, never);
      order.push(name);
      giveBack?.();
    };
    const all = [wait("a"), wait("b"), wait("c")];
    await nextTurn();
    expect(order).toEqual([]);
    given?.();
    await Promise.all(all);
    expect(order).toEqual(["a", "b", "c"]);
    expect(turns.running).toBe(0);
  });

  it("are waited for so long and no longer, and not at all by those who have been given up", async () => {
    const turns = new Turns(1);
    const given = turns.take();
    expect(await turns.wait(0, never)).toBeNull();
    expect(await turns.wait(1, never)).toBeNull();
    const end = new AbortController();
    const waiting = turns.wait(LONG_MS, end.signal);
    end.abort();
    expect(await waiting).toBeNull();
    expect(await turns.wait(LONG_MS, end.signal)).toBeNull();
    given?.();
    // Nobody of those took it.
    expect(turns.running).toBe(0);
  });
});

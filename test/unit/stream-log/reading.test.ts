import { describe, expect, it, vi } from "vitest";
import { items, logOf, never, readAll, state } from "../../kit/streams/stream-log.js";

describe("a reader", () => {
  it("gets what is there in one batch, then what arrives, then the end", async () => {
    const log = logOf();
    log.append("a", "1");
    log.append("a", "2");
    const reader = log.read("a", 0, never);
    expect((await reader.next()).value).toEqual(items(["1", "2"], 1));
    const next = reader.next();
    log.append("a", "3");
    expect((await next).value).toEqual(items(["3"], 3));
    const end = reader.next();
    log.close("a");
    expect(await end).toEqual({ done: true, value: undefined });
  });

  it("gets in one batch what arrives in one turn of the event loop", async () => {
    const log = logOf();
    log.append("a", "1");
    const reader = log.read("a", 1, never);
    const next = reader.next();
    for (const item of ["2", "3", "4"]) log.append("a", item);
    expect((await next).value).toEqual(items(["2", "3", "4"], 2));
  });

  it("starts after any position that it names", async () => {
    const log = logOf();
    for (const item of ["1", "2", "3"]) log.append("a", item);
    log.close("a");
    expect(await readAll(log, "a", 2)).toEqual([items(["3"], 3)]);
    expect(await readAll(log, "a", 3)).toEqual([]);
  });

  it("that names a position the log has not reached gets the state, and goes on from there", async () => {
    const log = logOf();
    for (const item of ["1", "2", "3"]) log.append("a", item);
    const reader = log.read("a", 4, never);
    expect((await reader.next()).value).toEqual(state("123", 3));
    log.append("a", "4");
    expect((await reader.next()).value).toEqual(items(["4"], 4));
  });

  it("of a key without a log is at the end at once", async () => {
    expect(await readAll(logOf(), "nothing")).toEqual([]);
  });

  it("sees only its own key", async () => {
    const log = logOf();
    log.append("a", "1");
    log.append("b", "2");
    log.close("a");
    expect(await readAll(log, "a")).toEqual([items(["1"], 1)]);
    expect(log.count).toBe(2);
  });

  it("that waits ends when its signal aborts, and leaves no listener on it", async () => {
    const log = logOf();
    log.append("a", "1");
    const left = new AbortController();
    const removed = vi.spyOn(left.signal, "removeEventListener");
    const added = vi.spyOn(left.signal, "addEventListener");
    const reader = log.read("a", 0, left.signal);
    await reader.next();
    const woken = reader.next();
    log.append("a", "2");
    await woken;
    const parked = reader.next();
    left.abort();
    expect(await parked).toEqual({ done: true, value: undefined });
    expect(added.mock.calls.length).toBe(2);
    expect(removed.mock.calls.length).toBe(2);
  });

  it("whose signal aborted before it asked gets nothing", async () => {
    const log = logOf();
    log.append("a", "1");
    expect((await log.read("a", 0, AbortSignal.abort()).next()).done).toBe(true);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { items, logOf, never, readAll } from "../../kit/streams/stream-log.js";

describe("a closed log", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  it("is kept for the time stated, and then forgotten", async () => {
    const log = logOf({ keptMs: 5_000 });
    log.append("a", "1");
    log.close("a");
    vi.advanceTimersByTime(4_999);
    expect(log.has("a")).toBe(true);
    expect(await readAll(log, "a")).toEqual([items(["1"], 1)]);
    vi.advanceTimersByTime(1);
    expect(log.has("a")).toBe(false);
    expect(log.count).toBe(0);
  });

  it("may be closed again, and is not kept longer for it", () => {
    const log = logOf({ keptMs: 5_000 });
    log.append("a", "1");
    log.close("a");
    vi.advanceTimersByTime(3_000);
    log.close("a");
    log.close("nothing");
    vi.advanceTimersByTime(2_000);
    expect(log.count).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("takes no more items, because its readers have been told the end", async () => {
    const log = logOf();
    log.append("a", "1");
    log.close("a");
    log.append("a", "2");
    expect(await readAll(log, "a")).toEqual([items(["1"], 1)]);
  });

  it("is forgotten at once, and its readers end, when all logs are dropped", async () => {
    const log = logOf();
    for (const key of ["a", "b"]) log.append(key, "1");
    const reader = log.read("b", 1, never);
    const parked = reader.next();
    log.close("a");
    log.dispose();
    expect((await parked).done).toBe(true);
    expect(log.count).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

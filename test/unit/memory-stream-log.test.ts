import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MemoryStreamLog } from "../../src/streams/memory-stream-log.js";
import type { Batch } from "../../src/streams/stream-log.js";

type Log = MemoryStreamLog<string, string>;
type Limits = { itemsMax?: number; sizeMax?: number; keptMs?: number };

const never = new AbortController().signal;

/** A log of texts, whose state is all of them as one text. */
function logOf(limits: Limits = {}): Log {
  return new MemoryStreamLog<string, string>({
    fold: (state, items) => (state ?? "") + items.join(""),
    sizeOf: (item) => item.length,
    itemsMax: 100,
    sizeMax: 1_000,
    keptMs: 5_000,
    ...limits,
  });
}

/** What a reader has that does as the batches say. Notices what is out of order, left out or given twice. */
class Copy {
  text = "";

  constructor(public place = 0) {}

  take(batch: Batch<string, string>): void {
    if (batch.kind === "state") {
      this.text = batch.state;
      this.place = batch.sequence;
      return;
    }
    for (const { sequence, item } of batch.items) {
      if (sequence !== this.place + 1) throw new Error(`Item ${sequence} came after place ${this.place}.`);
      this.text += item;
      this.place = sequence;
    }
  }
}

/** Everything that is there now: the log must be closed. */
async function readAll(log: Log, key: string, after = 0): Promise<Batch<string, string>[]> {
  const batches = [];
  for await (const batch of log.read(key, after, never)) batches.push(batch);
  return batches;
}

const items = (texts: string[], first: number) => ({
  kind: "items",
  items: texts.map((item, index) => ({ sequence: first + index, item })),
});
const state = (text: string, sequence: number) => ({ kind: "state", sequence, state: text });

describe("a reader", () => {
  it("gets what is there in one batch, then what comes, then the end", async () => {
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

  it("gets in one batch what comes in one turn of the event loop", async () => {
    const log = logOf();
    log.append("a", "1");
    const reader = log.read("a", 1, never);
    const next = reader.next();
    for (const item of ["2", "3", "4"]) log.append("a", item);
    expect((await next).value).toEqual(items(["2", "3", "4"], 2));
  });

  it("starts after any place that it names", async () => {
    const log = logOf();
    for (const item of ["1", "2", "3"]) log.append("a", item);
    log.close("a");
    expect(await readAll(log, "a", 2)).toEqual([items(["3"], 3)]);
    expect(await readAll(log, "a", 3)).toEqual([]);
  });

  it("of a place that the log has not reached gets the state, and goes on from there", async () => {
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

  it("sees its own key only", async () => {
    const log = logOf();
    log.append("a", "1");
    log.append("b", "2");
    log.close("a");
    expect(await readAll(log, "a")).toEqual([items(["1"], 1)]);
    expect(log.count).toBe(2);
  });

  it("that waits is ended by its signal, and leaves no listener on it", async () => {
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

  it("whose signal has aborted before it asks gets nothing", async () => {
    const log = logOf();
    log.append("a", "1");
    expect((await log.read("a", 0, AbortSignal.abort()).next()).done).toBe(true);
  });
});

describe("the limits", () => {
  it("fold the older half when there are too many items", async () => {
    const log = logOf({ itemsMax: 4 });
    for (const item of ["1", "2", "3", "4"]) log.append("a", item);
    const early = log.read("a", 0, never);
    expect((await early.next()).value).toEqual(items(["1", "2", "3", "4"], 1));
    log.append("a", "5");
    log.close("a");
    expect(await readAll(log, "a", 0)).toEqual([state("12345", 5)]);
    expect(await readAll(log, "a", 2), "older than what is kept").toEqual([state("12345", 5)]);
    expect(await readAll(log, "a", 3), "the oldest that is kept").toEqual([items(["4", "5"], 4)]);
    expect((await early.next()).value, "who was not behind").toEqual(items(["5"], 5));
  });

  it("fold by size, too, until what is kept is within it", async () => {
    const log = logOf({ sizeMax: 10 });
    for (const item of ["1", "2", "3"]) log.append("a", item);
    const large = "x".repeat(11);
    log.append("a", large);
    expect((await log.read("a", 3, never).next()).value).toEqual(state(`123${large}`, 4));
    log.append("a", "5");
    log.close("a");
    expect(await readAll(log, "a", 4)).toEqual([items(["5"], 5)]);
  });

  it("leave a state that was handed out as it was", async () => {
    const log = logOf({ itemsMax: 1 });
    log.append("a", "1");
    log.append("a", "2");
    const first = (await log.read("a", 0, never).next()).value;
    for (const item of ["3", "4"]) log.append("a", item);
    expect(first).toEqual(state("12", 2));
  });
});

describe("a slow reader", () => {
  it("costs the others nothing, and gets the state in place of what it missed", async () => {
    const log = logOf({ itemsMax: 10 });
    log.append("a", "0,");
    const slow = log.read("a", 0, never);
    const missed = new Copy();
    missed.take((await slow.next()).value as Batch<string, string>);
    const quick = log.read("a", 0, never);
    const copy = new Copy();
    const batches: Batch<string, string>[] = [];
    for (let number = 1; number <= 500; number++) {
      const { value } = await quick.next();
      batches.push(value as Batch<string, string>);
      copy.take(value as Batch<string, string>);
      log.append("a", `${number},`);
    }
    copy.take((await quick.next()).value as Batch<string, string>);
    expect(batches.every(({ kind }) => kind === "items")).toBe(true);
    expect(copy.place).toBe(501);
    const caughtUp = (await slow.next()).value as Batch<string, string>;
    expect(caughtUp).toMatchObject({ kind: "state", sequence: 501 });
    missed.take(caughtUp);
    expect(missed.text).toBe(copy.text);
  });
});

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

  it("may be closed again, which keeps it no longer", () => {
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

  it("is forgotten at once when all are, and who reads is ended", async () => {
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

describe("whatever is appended, read, dropped and resumed", () => {
  const turns = fc.nat({ max: 5 });
  const burst = fc.record({ sizes: fc.array(fc.nat({ max: 12 }), { maxLength: 12 }), turns });
  /** What a reader does after a batch: it stays away for some turns, leaves and comes back, or leaves while it waits. */
  const habit = fc.record({ does: fc.constantFrom("pause", "leave", "abort"), turns });
  const scenario = fc.record({
    bursts: fc.array(burst, { minLength: 1, maxLength: 20 }),
    readers: fc.array(fc.array(habit, { maxLength: 12 }), { minLength: 1, maxLength: 5 }),
    itemsMax: fc.integer({ min: 1, max: 20 }),
    sizeMax: fc.integer({ min: 1, max: 200 }),
  });

  it("each reader has the identical content in the end: no gap, no repeat", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ bursts, readers, itemsMax, sizeMax }) => {
        const log = logOf({ itemsMax, sizeMax });
        log.append("a", "start,");
        const copies = readers.map((habits) => follow(log, habits));
        const written = await write(log, bursts);
        log.close("a");
        for (const { text, place } of await Promise.all(copies))
          expect({ text, place }).toEqual({ text: written.join(""), place: written.length });
        log.dispose();
      }),
      { numRuns: 300 },
    );
  });

  /** Each item is a text of its own, so that one too few, too many or in the wrong place shows. */
  async function write(log: Log, bursts: readonly { sizes: number[]; turns: number }[]): Promise<string[]> {
    const written = ["start,"];
    for (const { sizes, turns } of bursts) {
      for (const size of sizes) {
        const item = `${written.length}${".".repeat(size)},`;
        log.append("a", item);
        written.push(item);
      }
      await pass(turns);
    }
    return written;
  }

  async function follow(log: Log, habits: readonly { does: string; turns: number }[]): Promise<Copy> {
    const copy = new Copy();
    let left = new AbortController();
    let reader = log.read("a", 0, left.signal);
    for (const { does, turns } of habits) {
      const next = reader.next();
      if (does === "abort") left.abort();
      const { value } = await next;
      if (value) copy.take(value);
      await pass(turns);
      if (does === "pause") continue;
      await reader.return();
      left = new AbortController();
      reader = log.read("a", copy.place, left.signal);
    }
    for await (const batch of reader) copy.take(batch);
    return copy;
  }

  async function pass(turns: number): Promise<void> {
    for (let count = 0; count < turns; count++) await turn();
  }
});

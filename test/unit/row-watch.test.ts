import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RowWatch, type Version } from "../../src/streams/row-watch.js";
import { signalled } from "../kit/signalled.js";

const EVERY_MS = 250;

/** Rows of a database that the test changes, and what was asked of them. */
class Rows {
  readonly versions = new Map<string, string>();
  readonly asked: string[][] = [];
  /** What the next statements wait for, one each. */
  readonly waits: (() => Promise<unknown>)[] = [];

  /** As of its beginning, however long it takes. */
  readonly fetch = async (ids: readonly string[]): Promise<Version[]> => {
    this.asked.push([...ids]);
    const seen = ids.flatMap((id) => (this.versions.has(id) ? [{ id, version: String(this.versions.get(id)) }] : []));
    await this.waits.shift()?.();
    return seen;
  };
}

let rows: Rows;
let watch: RowWatch;
let left: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  rows = new Rows();
  watch = new RowWatch(rows.fetch, EVERY_MS);
  left = new AbortController();
});

afterEach(async () => {
  left.abort();
  await vi.advanceTimersByTimeAsync(2 * EVERY_MS);
  expect(watch.count, "rows that are still watched").toBe(0);
  expect(vi.getTimerCount(), "timers that are left").toBe(0);
  vi.useRealTimers();
});

const look = () => vi.advanceTimersByTimeAsync(EVERY_MS);

/** What a watcher was told, in order. */
function told(id: string, signal = left.signal): (string | undefined)[] {
  const versions: (string | undefined)[] = [];
  void (async () => {
    for await (const version of watch.versions(id, signal)) versions.push(version);
  })();
  return versions;
}

describe("a watcher of a row", () => {
  it("is told its version at the first look, then each that differs", async () => {
    rows.versions.set("a", "1");
    const versions = told("a");
    expect(versions).toEqual([]);
    await look();
    await look();
    expect(versions).toEqual(["1"]);
    rows.versions.set("a", "2");
    await look();
    expect(versions).toEqual(["1", "2"]);
  });

  it("is told when there is no such row, and when there is one again", async () => {
    const versions = told("a");
    await look();
    rows.versions.set("a", "1");
    await look();
    rows.versions.delete("a");
    await look();
    expect(versions).toEqual([undefined, "1", undefined]);
  });

  it("that arrives while a look is under way is told at the next one", async () => {
    rows.versions.set("a", "1").set("b", "1");
    told("a");
    const answered = signalled<void>();
    rows.waits.push(() => answered.promise);
    await look();
    const versions = told("b");
    answered.resolve();
    await look();
    expect(versions).toEqual(["1"]);
  });

  it("is told nothing more when its signal aborts", async () => {
    const own = new AbortController();
    rows.versions.set("a", "1");
    const versions = told("a", own.signal);
    own.abort();
    await look();
    expect(versions).toEqual([]);
    expect(watch.count).toBe(0);
  });
});

describe("the looks", () => {
  it("ask for all rows in one statement, and for each once", async () => {
    for (const id of ["a", "b", "a"]) told(id);
    await look();
    expect(rows.asked).toEqual([["a", "b"]]);
    expect(watch.count).toBe(2);
  });

  it("stop while nobody watches, and start again when somebody does", async () => {
    const own = new AbortController();
    told("a", own.signal);
    await look();
    own.abort();
    await vi.advanceTimersByTimeAsync(100 * EVERY_MS);
    await watch.lookNow();
    expect(rows.asked).toHaveLength(1);
    told("a");
    await look();
    expect(rows.asked).toHaveLength(2);
  });

  it("go on watching a row until the last watcher has left", async () => {
    const first = new AbortController();
    told("a", first.signal);
    const second = told("a");
    await look();
    first.abort();
    rows.versions.set("a", "1");
    await look();
    expect(second).toEqual([undefined, "1"]);
  });

  it("go on after one that failed", async () => {
    rows.versions.set("a", "1");
    const versions = told("a");
    rows.waits.push(() => Promise.reject(new Error("The database does not answer.")));
    await look();
    expect(versions).toEqual([]);
    await look();
    expect(versions).toEqual(["1"]);
  });

  it("may be taken at once by someone who knows of a change", async () => {
    rows.versions.set("a", "1");
    const versions = told("a");
    await watch.lookNow();
    await look();
    expect(versions).toEqual(["1"]);
    rows.versions.set("a", "2");
    await watch.lookNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(versions).toEqual(["1", "2"]);
  });

  it("that overlap keep no watcher waiting", async () => {
    rows.versions.set("a", "1");
    const versions = told("a");
    const slow = signalled<void>();
    rows.waits.push(() => slow.promise);
    await look();
    await watch.lookNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(versions).toEqual(["1"]);
    slow.resolve();
    rows.versions.set("a", "2");
    await vi.advanceTimersByTimeAsync(0);
    await look();
    expect(versions).toEqual(["1", "2"]);
  });

  it("that overlap tell nothing that is older than what was told", async () => {
    rows.versions.set("a", "1");
    const versions = told("a");
    const slow = signalled<void>();
    rows.waits.push(() => slow.promise);
    await look();
    rows.versions.set("a", "2");
    await watch.lookNow();
    await vi.advanceTimersByTimeAsync(0);
    slow.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(versions).toEqual(["2"]);
  });

  it("come sooner if a row is named that is watched, and not for others", async () => {
    rows.versions.set("a", "1");
    const versions = told("a");
    watch.hear(["b"]);
    await vi.advanceTimersByTimeAsync(EVERY_MS / 2);
    expect(rows.asked).toHaveLength(0);
    for (let count = 0; count < 3; count++) watch.hear(["b", "a"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(rows.asked).toHaveLength(1);
    expect(versions).toEqual(["1"]);
    await vi.advanceTimersByTimeAsync(EVERY_MS - 2);
    expect(rows.asked, "the next look is a whole interval later").toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(rows.asked).toHaveLength(2);
  });

  it("do not come sooner than allowed after a change", async () => {
    const calm = new RowWatch(rows.fetch, EVERY_MS, EVERY_MS);
    rows.versions.set("a", "1");
    void (async () => {
      for await (const _version of calm.versions("a", left.signal));
    })();
    calm.hear(["a"]);
    await vi.advanceTimersByTimeAsync(1);
    for (let count = 0; count < 10 * EVERY_MS; count++) {
      rows.versions.set("a", `${count}`);
      calm.hear(["a"]);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(rows.asked.length).toBeLessThanOrEqual(12);
    expect(rows.asked.length).toBeGreaterThanOrEqual(10);
  });

  it("that are asked for while one is under way are one look after it", async () => {
    told("a");
    const slow = signalled<void>();
    rows.waits.push(() => slow.promise);
    watch.hear(["a"]);
    await vi.advanceTimersByTimeAsync(1);
    for (let count = 0; count < 5; count++) watch.hear(["a"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(rows.asked).toHaveLength(1);
    slow.resolve();
    await vi.advanceTimersByTimeAsync(20);
    expect(rows.asked).toHaveLength(2);
  });
});

import { describe, expect, it } from "vitest";
import type { Batch } from "../../../src/streams/stream-log.js";
import { Copy, items, logOf, never, readAll, state } from "../../kit/streams/stream-log.js";

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
    expect((await early.next()).value, "a reader that was not behind").toEqual(items(["5"], 5));
  });

  it("fold by size too, until what is kept is within the limit", async () => {
    const log = logOf({ sizeMax: 10 });
    for (const item of ["1", "2", "3"]) log.append("a", item);
    const large = "x".repeat(11);
    log.append("a", large);
    expect((await log.read("a", 3, never).next()).value).toEqual(state(`123${large}`, 4));
    log.append("a", "5");
    log.close("a");
    expect(await readAll(log, "a", 4)).toEqual([items(["5"], 5)]);
  });

  it("do not change a state that was handed out", async () => {
    const log = logOf({ itemsMax: 1 });
    log.append("a", "1");
    log.append("a", "2");
    const first = (await log.read("a", 0, never).next()).value;
    for (const item of ["3", "4"]) log.append("a", item);
    expect(first).toEqual(state("12", 2));
  });
});

describe("a slow reader", () => {
  it("does not hold up the others, and gets the state in place of what it missed", async () => {
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
    expect(copy.position).toBe(501);
    const caughtUp = (await slow.next()).value as Batch<string, string>;
    expect(caughtUp).toMatchObject({ kind: "state", sequence: 501 });
    missed.take(caughtUp);
    expect(missed.text).toBe(copy.text);
  });
});

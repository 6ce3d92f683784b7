import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { hasRedis, type RedisServer, startRedis } from "../../kit/redis.js";
import { type ReplicatedLog, startFollower, startOwner, startReplicatedLog } from "../../kit/streams/replicated-log.js";
import { Copy, items, never } from "../../kit/streams/stream-log.js";

describe.runIf(hasRedis())("a log that is followed through Redis", { timeout: 120_000 }, () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  const wait = fc.nat({ max: 4 });
  const burst = fc.record({
    sizes: fc.array(fc.nat({ max: 12 }), { maxLength: 12 }),
    wait,
    /** Sometimes Redis loses the stream. */
    isLost: fc.boolean(),
  });
  /** What a follower does after a batch: it reads on, stays away, or leaves and comes back. */
  const habit = fc.record({ does: fc.constantFrom("read", "pause", "leave"), wait });
  const scenario = fc.record({
    bursts: fc.array(burst, { minLength: 1, maxLength: 12 }),
    followers: fc.array(fc.array(habit, { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
    itemsMax: fc.integer({ min: 1, max: 30 }),
    isKept: fc.boolean(),
  });

  it("gives each follower the same content in the end, without a gap or a repeat, whatever happens", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ bursts, followers, itemsMax, isKept }) => {
        const replicated = await startReplicatedLog(redis.url, { itemsMax });
        const key = newId();
        if (isKept) replicated.mirror.keep(key);
        replicated.log.append(key, "start,");
        const copies = Promise.all(followers.map((habits) => follow(replicated, key, habits)));
        const written = await write(replicated, key, bursts);
        // Whoever lost items has to ask for them, which it does before long.
        await expect.poll(() => replicated.replicas.count, { timeout: 10_000 }).toBe(1);
        await expect.poll(() => isCaughtUp(replicated, key, written.length), { timeout: 10_000 }).toBe(true);
        replicated.end(key);
        for (const { text, position } of await copies)
          expect({ text, position }).toEqual({ text: `${written.join("")}END`, position: written.length + 1 });
        expect(replicated.replicas.count).toBe(0);
        await replicated.close();
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });

  it("begins as soon as its process is there, even if that did not hear the first question", async () => {
    const follower = await startFollower(redis.url, {});
    const key = newId();
    const reader = follower.replicas.read(key, 0, new AbortController().signal);
    const first = reader.next();
    const asked = async () => JSON.stringify(await redis.client.xrange("tollgate:news", "-", "+")).includes(key);
    await expect.poll(asked).toBe(true);
    const owner = await startOwner(redis.url, {});
    owner.log.append(key, "start,");
    expect((await first).value).toMatchObject({ kind: "items", items: [{ sequence: 1, item: "start," }] });
    await reader.return();
    await Promise.all([owner.close(), follower.close()]);
  });

  it("goes on after what a follower has got from its own process, though Redis is behind", async () => {
    const replicated = await startReplicatedLog(redis.url, {});
    const key = newId();
    replicated.log.append(key, "start,");
    const first = replicated.replicas.read(key, 0, never);
    await first.next();
    redis.freeze();
    replicated.log.append(key, "one,");
    const ahead = replicated.replicas.read(key, 2, never);
    const next = ahead.next();
    await new Promise(setImmediate);
    redis.thaw();
    replicated.log.append(key, "two,");
    expect((await next).value).toEqual(items(["two,"], 3));
    await Promise.all([first.return(), ahead.return()]);
    await replicated.close();
  });

  it("takes nothing from a follower that has more of it than Redis, if its process is gone", async () => {
    const [owner, follower] = await Promise.all([startOwner(redis.url, {}), startFollower(redis.url, {})]);
    const key = newId();
    owner.log.append(key, "start,");
    const behind = follower.replicas.read(key, 0, never);
    await behind.next();
    await owner.close();
    const ahead = follower.replicas.read(key, 2, never).next();
    await new Promise(setImmediate);
    follower.end(key);
    expect(await ahead).toEqual({ done: true, value: undefined });
    await behind.return();
    await follower.close();
  });

  it("takes no more of Redis than its limits, however long it becomes", async () => {
    const ITEMS = 20_000;
    const replicated = await startReplicatedLog(redis.url, { itemsMax: 100, sizeMax: 10_000 });
    const key = newId();
    replicated.log.append(key, "start,");
    const copy = new Copy();
    const following = read(replicated, key, copy);
    let most = 0;
    for (let number = 1; number < ITEMS; number++) {
      replicated.log.append(key, ".");
      if (number % 5 > 0) continue;
      await new Promise(setImmediate);
      if (number % 500 === 0) most = Math.max(most, await redis.client.xlen(`tollgate:log:${key}`));
    }
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(1_025);
    await expect.poll(() => copy.position, { timeout: 10_000 }).toBe(ITEMS);
    replicated.end(key);
    await following;
    expect(copy.text).toBe(`start,${".".repeat(ITEMS - 1)}END`);
    await replicated.close();
  });

  async function write(
    { log }: ReplicatedLog,
    key: string,
    bursts: readonly { sizes: number[]; wait: number; isLost: boolean }[],
  ): Promise<string[]> {
    const written = ["start,"];
    for (const { sizes, wait, isLost } of bursts) {
      for (const size of sizes) {
        const item = `${written.length}${".".repeat(size)},`;
        log.append(key, item);
        written.push(item);
      }
      await pause(wait);
      if (!isLost) continue;
      await redis.client.del(`tollgate:log:${key}`);
      // Within the same millisecond, a new stream would count its entries from 0 again.
      await pause(2);
    }
    // What is lost is noticed with the next item.
    log.append(key, "last,");
    return [...written, "last,"];
  }

  /** A follower that comes now has everything that was written, so the replica has it too. */
  async function isCaughtUp(replicated: ReplicatedLog, key: string, count: number): Promise<boolean> {
    const left = new AbortController();
    const reader = replicated.replicas.read(key, 0, left.signal);
    const { value } = await reader.next();
    left.abort();
    await reader.return();
    const copy = new Copy();
    if (value) copy.take(value);
    return copy.position === count;
  }

  async function follow(
    replicated: ReplicatedLog,
    key: string,
    habits: readonly { does: string; wait: number }[],
  ): Promise<Copy> {
    const copy = new Copy();
    let left = new AbortController();
    let reader = replicated.replicas.read(key, 0, left.signal);
    for (const { does, wait } of habits) {
      const next = reader.next();
      if (does === "leave") {
        await pause(wait);
        left.abort();
      }
      const { value } = await next;
      if (value) copy.take(value);
      if (does === "pause") await pause(wait);
      if (does !== "leave") continue;
      await reader.return();
      left = new AbortController();
      reader = replicated.replicas.read(key, copy.position, left.signal);
    }
    for await (const batch of reader) copy.take(batch);
    // One that comes after the end learns of it elsewhere, as from the row of a call.
    if (!copy.text.endsWith("END")) copy.take({ kind: "items", items: [{ sequence: copy.position + 1, item: "END" }] });
    return copy;
  }

  async function read({ replicas }: ReplicatedLog, key: string, copy: Copy): Promise<void> {
    for await (const batch of replicas.read(key, 0, new AbortController().signal)) copy.take(batch);
  }
});

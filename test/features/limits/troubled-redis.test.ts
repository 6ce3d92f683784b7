import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { CallLimit, LimitKind } from "../../../src/auth/call-limits.js";
import { RedisCounters } from "../../../src/features/limits/counting/redis-counters.js";
import { createLog } from "../../../src/lib/log.js";
import { openRedis } from "../../../src/streams/redis/open-redis.js";
import { hasRedis, type RedisServer, startRedis } from "../../kit/redis.js";
import { name } from "../../kit/world.js";

/** No call waits longer for Redis, with some time for a machine that is busy. */
const WAIT_MAX_MS = 1_500;

describe.runIf(hasRedis())("counting on a Redis that is in trouble", { timeout: 30_000 }, () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(() => redis.thaw());
  afterAll(() => redis?.close());

  /** The counters of one more process. */
  async function counters({ url = redis.url, leaseMs = 30_000 } = {}) {
    const shared = await openRedis(url, createLog("silent"));
    onTestFinished(() => shared.link.close());
    await expect.poll(() => shared.link.isUp).toBe(true);
    return new RedisCounters(shared.link, leaseMs);
  }

  const limitOf = (kind: LimitKind, max: number): CallLimit => {
    const holder = name("team");
    return { kind, of: "TEAM", holder, counter: `TEAM:${holder}:${kind}`, max, isEnforced: true };
  };
  const keyOf = ({ counter }: CallLimit) => `tollgate:limits:${counter}`;

  /** How often Redis was asked to run a script. */
  const runs = async () => {
    const stats = await redis.client.info("commandstats");
    return [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+).*?rejected_calls=(\d+)/g)].reduce(
      (sum, [, calls, rejected]) => sum + Number(calls) + Number(rejected),
      0,
    );
  };

  it("keeps no call waiting longer than a second, also one that comes while others wait, and however many there are", async () => {
    const shared = await counters();
    const requests = limitOf("REQUESTS", 10_000);
    await shared.take("first", [requests], 0);
    redis.freeze();
    const waits: number[] = [];
    const take = async (slot: string) => {
      const began = performance.now();
      expect(await shared.take(slot, [requests], 0)).toBeUndefined();
      waits.push(performance.now() - began);
    };
    const early = take("early");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([early, ...Array.from({ length: 1_000 }, (_, index) => take(`late ${index}`))]);
    expect(Math.max(...waits)).toBeLessThan(WAIT_MAX_MS);
  });

  it("counts the calls of one team although the counters of another hold something else", async () => {
    const shared = await counters();
    const [slots, requests, tokens] = [limitOf("CONCURRENCY", 2), limitOf("REQUESTS", 2), limitOf("TOKENS", 2)];
    const sound = limitOf("REQUESTS", 5);
    await redis.client.set(keyOf(slots), "something else");
    await redis.client.zadd(keyOf(requests), 1, "something else");
    await redis.client.hset(keyOf(tokens), { used: "much", ends: Date.now() + 30_000 });
    const [broken, whole] = await Promise.all([
      shared.take("a", [slots, requests, tokens], 1),
      shared.take("b", [sound], 0),
    ]);
    expect(whole).toMatchObject([{ used: 1 }]);
    expect(broken).toMatchObject([{ used: 1 }, { used: 1 }, { used: 1 }]);
  });

  it("begins a minute anew that would end much too late, because the clock of Redis was set back", async () => {
    const shared = await counters();
    const requests = limitOf("REQUESTS", 1);
    await redis.client.hset(keyOf(requests), { used: 1, ends: Date.now() + 3_600_000 });
    expect(await shared.take("a", [requests], 0)).toMatchObject([{ isOver: false, used: 1 }]);
  });

  it("is not asked for more and more if it refuses to run scripts", async () => {
    await redis.client.call("ACL", "SETUSER", "limited", "on", ">secret", "~*", "&*", "+@all", "-@scripting");
    const url = redis.url.replace("redis://", "redis://limited:secret@");
    const shared = await counters({ url });
    const slots = limitOf("CONCURRENCY", 1_000);
    const before = await runs();
    for (let call = 0; call < 600; call++)
      if (shared.isUsable) expect(await shared.take(`call ${call}`, [slots], 0)).toBeUndefined();
    expect((await runs()) - before).toBeLessThan(10);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallLimit, LimitKind } from "../../../src/auth/call-limits.js";
import { COUNT } from "../../../src/features/limits/counting/count-script.js";
import { readAnswer, type Step, written } from "../../../src/features/limits/counting/steps.js";
import { hasRedis, type RedisServer, startRedis } from "../../kit/redis.js";
import { name } from "../../kit/world.js";

const LEASE_MS = 60_000;

describe.runIf(hasRedis())("the script that counts on Redis", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  const limitOf = (kind: LimitKind, max: number, isEnforced = true): CallLimit => {
    const holder = name("team");
    return { kind, of: "TEAM", holder, counter: `TEAM:${holder}:${kind}`, max, isEnforced };
  };
  const keyOf = ({ counter }: CallLimit) => `tollgate:limits:${counter}`;

  /** Carries out steps in one run. Returns of each where its limits stand: what is used, and "over" if it goes beyond. */
  async function count(steps: readonly Step[], { leaseMs = LEASE_MS, minuteMs = 60_000 } = {}) {
    const { keys, args } = written(steps, leaseMs);
    args[2] = minuteMs;
    const standings = readAnswer(await redis.client.eval(COUNT, keys.length, ...keys, ...args), steps);
    if (!standings) throw new Error("The script has no answer.");
    return { standings, used: standings.map((of) => of.map(({ used, isOver }) => (isOver ? `${used} over` : used))) };
  }
  const take = (slot: string, limits: readonly CallLimit[], tokens = 0): Step => ({
    does: "take",
    slot,
    tokens,
    limits,
  });

  it("counts one call after the other in a batch, each by all of its limits or by none", async () => {
    const [requests, tokens, slots] = [limitOf("REQUESTS", 3), limitOf("TOKENS", 100), limitOf("CONCURRENCY", 2)];
    const all = [requests, tokens, slots];
    const { used } = await count([
      take("a", all, 40),
      take("b", all, 70),
      take("c", all, 60),
      take("d", [requests]),
      take("e", [requests, slots]),
    ]);
    expect(used).toEqual([[1, 40, 1], [1, "40 over", 1], [2, 100, 2], [3], ["3 over", "2 over"]]);
    expect((await count([{ does: "look", slot: "", tokens: 1, limits: all }])).used).toEqual([
      ["3 over", "100 over", "2 over"],
    ]);
  });

  it("lets through what is only measured, and counts its slot, but nothing of its minute", async () => {
    const limits = [limitOf("REQUESTS", 1, false), limitOf("CONCURRENCY", 1, false)];
    expect((await count([take("a", limits), take("b", limits)])).used).toEqual([
      [1, 1],
      ["1 over", "1 over"],
    ]);
    expect(await redis.client.zcard(keyOf(limits[1] as CallLimit))).toBe(2);
  });

  it("counts a slot that was given back earlier in the batch as free, and one that nobody has renewed", async () => {
    const slots = limitOf("CONCURRENCY", 1);
    await count([take("a", [slots])]);
    const change = { limit: slots, endsAt: 0, by: 0 };
    const { used } = await count([{ does: "change", slot: "a", changes: [change] }, take("b", [slots])]);
    expect(used).toEqual([[], [1]]);
    await count([{ does: "renew", slots: [{ limit: slots, id: "b" }] }], { leaseMs: 1 });
    await expect.poll(async () => (await count([take("c", [slots])])).used, { interval: 1 }).toEqual([[1]]);
  });

  it("makes slots again that Redis has lost, and renews one without counting it twice", async () => {
    const slots = limitOf("CONCURRENCY", 3);
    const renewed = { does: "renew", slots: ["a", "b", "a"].map((id) => ({ limit: slots, id })) } as const;
    expect((await count([renewed, take("c", [slots])])).used).toEqual([[], [3]]);
  });

  it("corrects a minute, never below nothing, and counts more than estimated in the present one", async () => {
    const tokens = limitOf("TOKENS", 1_000);
    const first = await count([take("a", [tokens], 100)]);
    const endsAt = first.standings[0]?.[0]?.endsAt ?? 0;
    const by = (amount: number, ends = endsAt): Step => ({
      does: "change",
      slot: "a",
      changes: [{ limit: tokens, endsAt: ends, by: amount }],
    });
    const look: Step = { does: "look", slot: "", tokens: 0, limits: [tokens] };
    const { used } = await count([by(-30), look, by(50), look, by(-500), look]);
    expect(used).toEqual([[], [70], [], [120], [], [0]]);
    expect((await count([by(-5, endsAt - 1), look, by(7, endsAt - 1), look])).used).toEqual([[], [0], [], [7]]);
  });

  it("begins a minute with its first call, which ends by itself or is forgotten", async () => {
    const requests = limitOf("REQUESTS", 1);
    const { standings } = await count([take("a", [requests]), take("b", [requests])], { minuteMs: 50 });
    expect(standings[1]?.[0]).toMatchObject({ isOver: true, endsAt: standings[0]?.[0]?.endsAt });
    await expect.poll(() => redis.client.exists(keyOf(requests)), { interval: 5 }).toBe(0);
    const { used } = await count([
      take("c", [requests]),
      take("d", [requests]),
      { does: "forget", counters: [requests] },
      take("e", [requests]),
    ]);
    expect(used).toEqual([[1], ["1 over"], [], [1]]);
    expect(await redis.client.pttl(keyOf(requests))).toBeGreaterThan(50_000);
  });
});

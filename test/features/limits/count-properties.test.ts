import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { CallLimit } from "../../../src/auth/call-limits.js";
import { RedisCounters } from "../../../src/features/limits/counting/redis-counters.js";
import { createLog } from "../../../src/lib/log.js";
import { openRedis } from "../../../src/streams/redis/open-redis.js";
import { type Random, seededRandom } from "../../kit/random.js";
import { hasRedis, type RedisServer, startRedis } from "../../kit/redis.js";
import { name } from "../../kit/world.js";

const KINDS = ["REQUESTS", "TOKENS", "CONCURRENCY"] as const;
const OWNERS = ["TEAM", "KEY"] as const;
const MAXES = [1, 2, 5, 1_000, 2 ** 31 - 1] as const;
const TOKENS = [0, 1, 3, 400, 2 ** 31, 2 ** 40] as const;
const CORRECTIONS = [-(2 ** 31), -400, -1, 1, 7, 2 ** 31] as const;
const ROUNDS = 300;
const LONG_OVER = 1;

const isOfSlots = ({ kind }: CallLimit) => kind === "CONCURRENCY";

interface Minute {
  used: number;
  /** Undefined until an answer has told it. */
  endsAt: number | undefined;
}

/** What a team and its key have used, by the rules as the documents say them. No minute ends while a test runs. */
class Model {
  readonly minutes = new Map<string, Minute>();
  readonly running = new Map<string, readonly CallLimit[]>();

  used(limit: CallLimit): number {
    if (!isOfSlots(limit)) return this.minutes.get(limit.counter)?.used ?? 0;
    return [...this.running.values()].filter((of) => of.some(({ counter }) => counter === limit.counter)).length;
  }

  look(limits: readonly CallLimit[], tokens: number) {
    return limits.map((limit) => {
      const cost = limit.kind === "TOKENS" ? Math.min(tokens, limit.max) : 1;
      const used = this.used(limit);
      return { limit, cost, used, isOver: used + cost > limit.max };
    });
  }

  take(slot: string, limits: readonly CallLimit[], tokens: number) {
    const found = this.look(limits, tokens);
    if (found.some(({ isOver, limit }) => isOver && limit.isEnforced)) return found;
    this.running.set(slot, limits);
    return found.map((one) => {
      if (one.isOver) return one;
      if (!isOfSlots(one.limit)) this.add(one.limit, one.cost);
      return { ...one, used: one.used + one.cost };
    });
  }

  change(limit: CallLimit, endsAt: number, by: number): void {
    if (by > 0 || this.minutes.get(limit.counter)?.endsAt === endsAt) this.add(limit, by);
  }

  add({ counter }: CallLimit, by: number): void {
    const minute = this.minutes.get(counter) ?? { used: 0, endsAt: undefined };
    this.minutes.set(counter, { ...minute, used: Math.max(0, minute.used + by) });
  }
}

describe.runIf(hasRedis())("counting on Redis by several processes", { timeout: 60_000 }, () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  async function counters() {
    const { link } = await openRedis(redis.url, createLog("silent"));
    onTestFinished(() => link.close());
    await expect.poll(() => link.isUp).toBe(true);
    return new RedisCounters(link, 60_000);
  }

  /** Some of the limits of a team and of its key, each time with other figures. */
  function limitsOf(random: Random, holders: Record<(typeof OWNERS)[number], string>): CallLimit[] {
    const all = OWNERS.flatMap((of) => KINDS.map((kind) => ({ of, kind, holder: holders[of] })));
    return all
      .filter(() => random.below(3) > 0)
      .map((one) => ({
        ...one,
        counter: `${one.of}:${one.holder}:${one.kind}`,
        max: random.pick(MAXES),
        isEnforced: random.below(3) > 0,
      }));
  }

  it.for([1, 2, 3, 4])("does step by step what a simple model does (seed %i)", async (seed) => {
    const random = seededRandom(seed);
    const processes = [await counters(), await counters(), await counters()] as const;
    const holders = { TEAM: name("team"), KEY: name("key") };
    const model = new Model();
    for (let round = 0; round < ROUNDS; round++) {
      const at = random.pick(processes);
      const limits = limitsOf(random, holders);
      const tokens = random.pick(TOKENS);
      const [slot, ofSlot] = random.pick([["nobody", []], ...model.running] as const);
      const step = random.pick(["take", "take", "take", "look", "correct", "end", "end", "renew", "forget"]);
      if (step === "take") {
        const standings = (await at.take(`${round}`, limits, tokens)) ?? [];
        const expected = model.take(`${round}`, limits, tokens);
        expect(standings.map(({ limit, cost, used, isOver }) => ({ limit, cost, used, isOver }))).toEqual(expected);
        for (const { limit, endsAt } of standings) {
          const minute = model.minutes.get(limit.counter);
          if (minute) minute.endsAt = endsAt;
        }
      } else if (step === "look") {
        const standings = (await at.look(limits, tokens)) ?? [];
        const shown = standings.map(({ limit, cost, used, isOver }) => ({ limit, cost, used, isOver }));
        expect(shown).toEqual(model.look(limits, tokens));
      } else if (step === "correct") {
        const changes = limits
          .filter((limit) => !isOfSlots(limit))
          .map((limit) => ({
            limit,
            endsAt: random.pick([LONG_OVER, model.minutes.get(limit.counter)?.endsAt ?? LONG_OVER]),
            by: random.pick(CORRECTIONS),
          }));
        await at.change("nobody", changes, true);
        for (const { limit, endsAt, by } of changes) model.change(limit, endsAt, by);
      } else if (step === "end") {
        const changes = ofSlot.filter(isOfSlots).map((limit) => ({ limit, endsAt: 0, by: 0 }));
        await at.change(slot, changes, true);
        model.running.delete(slot);
      } else if (step === "renew") {
        const running = [...model.running];
        await at.renew(running.flatMap(([id, of]) => of.filter(isOfSlots).map((limit) => ({ limit, id }))));
      } else {
        const of = random.pick(OWNERS);
        await at.reset(of, holders[of]);
        for (const kind of KINDS) model.minutes.delete(`${of}:${holders[of]}:${kind}`);
      }
    }
  });
});

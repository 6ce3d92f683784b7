import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { CallLimit } from "../../../src/auth/call-limits.js";
import type { TeamViewer } from "../../../src/auth/viewer.js";
import { CallLimits } from "../../../src/features/limits/call-limits.js";
import { createLog } from "../../../src/lib/log.js";
import { Events } from "../../../src/lib/observe/events.js";
import { openRedis } from "../../../src/streams/redis/open-redis.js";
import { waitingForLocks } from "../../kit/database/waiting-for-locks.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { ADMIN_KEY } from "../../kit/gateway/gateway.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { limitsOf } from "../../kit/limits.js";
import { hasRedis, type RedisServer, startRedis } from "../../kit/redis.js";
import { answer, held } from "../../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL } from "../../kit/world.js";

const LEASE_MS = 30_000;

const MAX = 600;
const LIMIT: Omit<CallLimit, "max"> = {
  kind: "CONCURRENCY",
  of: "TEAM",
  holder: "team",
  counter: "TEAM:team:CONCURRENCY",
  isEnforced: true,
};
const viewerWith = (max: number) =>
  ({ kind: "team", keyId: "key", teamId: "team", limits: [{ ...LIMIT, max }] }) as unknown as TeamViewer;

describe.runIf(hasRedis())("slots on Redis", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  /** The limits of one more process. */
  async function process() {
    const shared = await openRedis(redis.url, createLog("silent"));
    onTestFinished(() => shared.link.close());
    await expect.poll(() => shared.link.isUp).toBe(true);
    const limits = new CallLimits({
      clock: new FakeClock(),
      redis: shared,
      events: new Events(() => {}),
      log: createLog("silent"),
      counts: { add: () => {}, forget: () => {} } as never,
      leaseMs: LEASE_MS,
    });
    return { limits, take: (max: number) => limits.take(viewerWith(max), () => 0, null) };
  }
  const taken = () => redis.client.zcard(`tollgate:limits:${LIMIT.counter}`);

  /** How many times Redis has run the script. */
  const runs = async () =>
    Number(/cmdstat_evalsha:calls=(\d+)/.exec(await redis.client.info("commandstats"))?.[1] ?? 0);

  it("of more calls than are renewed in one step are free once these have ended, also while they are renewed", async () => {
    const { limits, take } = await process();
    const holds = await Promise.all(Array.from({ length: 501 }, () => take(MAX)));
    expect(await taken()).toBe(501);
    const renewed = limits.renew();
    const ended = Promise.all(holds.map((hold) => hold.end(null)));
    await Promise.all([renewed, ended]);
    expect(await taken()).toBe(0);
  });

  it("that are scarce are free for another process as soon as the end of their call is told", async () => {
    const [one, other] = [await process(), await process()];
    for (let call = 0; call < 100; call++) {
      const hold = await (call % 2 === 0 ? one : other).take(1);
      await hold.end(null);
    }
    expect(await taken()).toBe(0);
  });

  it("of which many are free are given back with the next call that is counted, or a moment later", async () => {
    const { take } = await process();
    const first = await take(MAX);
    const before = await runs();
    await first.end(null);
    const second = await take(MAX);
    expect(await runs()).toBe(before + 1);
    expect(await taken()).toBe(1);
    await second.end(null);
    await expect.poll(taken, { interval: 1 }).toBe(0);
    expect(await runs()).toBe(before + 2);
  });

  it("are given back before a process has stopped", async () => {
    const { limits, take } = await process();
    const hold = await take(MAX);
    await hold.end(null);
    await limits.close();
    expect(await taken()).toBe(0);
  });

  it("are given back before a process has stopped, also those that Redis was too slow to take back", async () => {
    const { limits, take } = await process();
    const hold = await take(1);
    redis.freeze();
    await hold.end(null);
    redis.thaw();
    // Redis carries out what has reached it meanwhile, and then it has lost what it was told.
    await redis.client.zadd(
      `tollgate:limits:${LIMIT.counter}`,
      Date.now() + LEASE_MS,
      ...(hold.slots.map(({ id }) => id) as [string]),
    );
    await limits.close();
    expect(await taken()).toBe(0);
  });
});

describe.runIf(canReplicate())("the slots of calls over several processes", { timeout: 120_000 }, () => {
  const replicas = useReplicas({ CALL_LEASE_MS: String(LEASE_MS) });

  async function team(...behaviours: Parameters<typeof replicas.witness.upstream.on>[1][]) {
    const model = name("model");
    replicas.witness.upstream.on(model, ...(behaviours as [(typeof behaviours)[0]]));
    const made = await replicas.witness.world.team({ models: [model], credits: 500 });
    const job = await made.job();
    const input = job.callInput();
    const run = (at: typeof replicas.a) => at.client(made.secret).send(RUN_LLM_CALL, { input });
    await replicas.connected();
    return { run, limits: limitsOf(replicas.a.client(ADMIN_KEY), made), jobId: job.id, complete: () => job.complete() };
  }

  it("that are scarce are given back before a call is told that it is refused for another reason", async () => {
    const one = await team(answer());
    await one.limits.set({ concurrentCalls: 1 });
    await one.complete();
    const { db } = replicas.witness.database;
    const sent = await db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT FROM jobs WHERE id = ${one.jobId}::uuid FOR UPDATE`;
      const refused = one.run(replicas.a);
      await expect.poll(() => waitingForLocks(db)).toBe(1);
      replicas.redis.freeze();
      return { refused, at: Date.now() };
    });
    expect((await sent.refused).errors?.[0]?.extensions).toMatchObject({ code: "INVALID_STATE" });
    // It has waited for Redis, as long as any call does.
    expect(Date.now() - sent.at).toBeGreaterThan(900);
    replicas.redis.thaw();
    await replicas.connected();
  });

  it("are free soon after Redis was too slow while their calls ended", async () => {
    const first = held();
    const one = await team(first, answer());
    const other = await team(answer());
    await one.limits.set({ concurrentCalls: 1 });
    await other.limits.set({ concurrentCalls: 1 });
    const running = one.run(replicas.a);
    await first.arrived;
    replicas.redis.freeze();
    // It notices that Redis is slow, and does not ask it for a second.
    expect((await other.run(replicas.a)).errors).toBeUndefined();
    first.release();
    expect((await running).errors).toBeUndefined();
    replicas.redis.thaw();
    await expect.poll(async () => (await one.run(replicas.b)).errors, { timeout: LEASE_MS / 2 }).toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallLimit } from "../../../src/auth/call-limits.js";
import type { TeamViewer } from "../../../src/auth/viewer.js";
import { CallLimits } from "../../../src/features/limits/call-limits.js";
import { createLog } from "../../../src/lib/log.js";
import { Events } from "../../../src/lib/observe/events.js";
import { openRedis } from "../../../src/streams/redis/open-redis.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { ADMIN_KEY } from "../../kit/gateway/gateway.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { limitsOf } from "../../kit/limits.js";
import { hasRedis, type RedisServer, startRedis } from "../../kit/redis.js";
import { answer, held } from "../../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL } from "../../kit/world.js";

const LEASE_MS = 30_000;

describe.runIf(hasRedis())("the slots of more calls than are renewed in one step", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  it("are free for others once their calls have ended, also if that is while they are renewed", async () => {
    const shared = await openRedis(redis.url, createLog("silent"));
    await expect.poll(() => shared.link.isUp).toBe(true);
    const counts = { add: () => {}, forget: () => {} };
    const limits = new CallLimits({
      clock: new FakeClock(),
      redis: shared,
      events: new Events(() => {}),
      log: createLog("silent"),
      counts: counts as never,
      leaseMs: LEASE_MS,
    });
    const limit: CallLimit = {
      kind: "CONCURRENCY",
      of: "TEAM",
      holder: "team",
      counter: "TEAM:team:CONCURRENCY",
      max: 600,
      isEnforced: true,
    };
    const viewer = { kind: "team", keyId: "key", teamId: "team", limits: [limit] } as unknown as TeamViewer;
    const holds = await Promise.all(Array.from({ length: 501 }, () => limits.take(viewer, () => 0, null)));
    const slots = () => redis.client.zcard(`tollgate:limits:${limit.counter}`);
    expect(await slots()).toBe(501);
    const renewed = limits.renew();
    const ended = Promise.all(holds.map((hold) => hold.end(null)));
    await Promise.all([renewed, ended]);
    expect(await slots()).toBe(0);
    await shared.link.close();
  });
});

describe.runIf(canReplicate())("the slots of calls over several processes", { timeout: 120_000 }, () => {
  const replicas = useReplicas({ CALL_LEASE_MS: String(LEASE_MS) });

  async function team(...behaviours: Parameters<typeof replicas.witness.upstream.on>[1][]) {
    const model = name("model");
    replicas.witness.upstream.on(model, ...(behaviours as [(typeof behaviours)[0]]));
    const made = await replicas.witness.world.team({ models: [model], credits: 500 });
    const input = (await made.job()).callInput();
    const run = (at: typeof replicas.a) => at.client(made.secret).send(RUN_LLM_CALL, { input });
    await replicas.connected();
    return { run, limits: limitsOf(replicas.a.client(ADMIN_KEY), made) };
  }

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

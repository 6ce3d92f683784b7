import { describe, expect, it } from "vitest";
import { ADMIN_KEY } from "../../kit/gateway/gateway.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { limitsOf, RESET_KEY, RESET_TEAM } from "../../kit/limits.js";
import { answer, type Behaviour, hang, held } from "../../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL, START_LLM_CALL, type TestTeam } from "../../kit/world.js";

const LEASE_MS = 2_000;
/** A change in one process holds in the others within a second. */
const SOON_MS = 1_000;
const ALONE = "Redis is away, too slow, or refuses to run scripts. This process counts the limits of calls alone.";
const TOGETHER = "The limits of calls are counted with the other processes again.";

describe.runIf(canReplicate())("the limits of a team over several processes and Redis", { timeout: 120_000 }, () => {
  const replicas = useReplicas({ CALL_LEASE_MS: String(LEASE_MS), LOG_LEVEL: "info", LOG_FORMAT: "json" });

  async function limited(limits: Record<string, unknown>, ...behaviours: Behaviour[]) {
    const model = name("model");
    if (behaviours.length > 0) replicas.witness.upstream.on(model, ...(behaviours as [Behaviour]));
    const team: TestTeam = await replicas.witness.world.team({ models: [model], credits: 500 });
    const admin = limitsOf(replicas.a.client(ADMIN_KEY), team);
    await admin.set(limits);
    const input = (await team.job()).callInput();
    const on = (at: { client: typeof replicas.a.client }) => {
      const client = at.client(team.secret);
      return {
        client,
        run: (more: object = {}) => client.send(RUN_LLM_CALL, { input: { ...input, ...more } }),
        start: () => client.data(START_LLM_CALL, { input }),
        refused: async () => (await client.refusal("RATE_LIMITED", RUN_LLM_CALL, { input })).extensions,
      };
    };
    await replicas.connected();
    return { team, admin, on, a: on(replicas.a), b: on(replicas.b) };
  }
  it("admits exactly 100 of 200 calls that come at once at a limit of 100 a minute", async () => {
    const { a, b, team } = await limited({ requestsPerMinute: 100 });
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => (index % 2 ? a : b).run()));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "ok");
    expect(codes.filter((code) => code === "ok")).toHaveLength(100);
    expect(codes.filter((code) => code === "RATE_LIMITED")).toHaveLength(100);
    const { jobs } = await team.client.data("{ jobs { nodes { costs { totalCalls runningCalls } } } }");
    expect(jobs.nodes).toMatchObject([{ costs: { totalCalls: 100, runningCalls: 0 } }]);
  });

  it("admits exactly as many as the team and each of its keys may, whichever refuses first", async () => {
    const { team, admin } = await limited({ requestsPerMinute: 30 });
    await admin.setOfKeys({ requestsPerMinute: 20 });
    const { createVirtualKey } = await replicas.witness.admin.data(
      "mutation ($id: ID!) { createVirtualKey(input: { teamId: $id }) { virtualKey } }",
      { id: team.id },
    );
    const job = await team.job();
    const clients = [replicas.a, replicas.b].flatMap((at) => [
      at.client(team.secret),
      at.client(createVirtualKey.virtualKey),
    ]);
    const sent = Array.from({ length: 120 }, (_, index) =>
      clients[index % 4]?.send(RUN_LLM_CALL, { input: job.callInput() }),
    );
    const answers = await Promise.all(sent);
    expect(answers.filter((each) => each?.errors === undefined)).toHaveLength(30);
  });

  it("counts the tokens of all, and corrects them when a call ends, wherever that is", async () => {
    const first = held({ usage: { prompt_tokens: 100, completion_tokens: 100 } });
    const { a, b } = await limited({ tokensPerMinute: 1_000 }, first, answer({ usage: null }));
    const running = a.run({ maxTokens: 991 });
    await first.arrived;
    expect(await b.refused()).toMatchObject({ limit: "TOKENS", used: 1_000 });
    first.release();
    await running;
    const { extensions } = await b.run({ maxTokens: 791 });
    expect(extensions?.rateLimit?.tokens).toMatchObject({ of: "TEAM", limit: 1_000, remaining: 0 });
  });

  it("counts the calls at once of all, and those of a process that was killed until its lease is over", async () => {
    const doomed = await replicas.start();
    const { on, b } = await limited({ concurrentCalls: 2 }, hang(), hang(), answer());
    const before = replicas.witness.upstream.requests.length;
    for (let call = 0; call < 2; call++) await on(doomed).start();
    await replicas.witness.upstream.received(before + 2);
    expect(await b.refused()).toMatchObject({ limit: "CONCURRENCY", allowed: 2, used: 2 });
    // The lease is renewed as long as the process lives.
    const renewed = Date.now() + 2 * LEASE_MS;
    while (Date.now() < renewed) expect(await b.refused()).toMatchObject({ used: 2 });
    await doomed.kill();
    const killedAt = Date.now();
    await expect.poll(async () => (await b.run()).errors, { timeout: 3 * LEASE_MS }).toBeUndefined();
    expect(Date.now() - killedAt).toBeLessThan(LEASE_MS + SOON_MS);
  });

  it("tells where all limits stand, over all processes, if one refuses that is full in this process", async () => {
    const running = held();
    const { team, admin, a } = await limited({ requestsPerMinute: 10, tokensPerMinute: 5_000 }, running, answer());
    await admin.setOfKey({ concurrentCalls: 1 });
    const first = a.run({ maxTokens: 991 });
    await running.arrived;
    const input = { teamId: team.id, limits: { concurrentCalls: 5 } };
    const { createVirtualKey } = await replicas.witness.admin.data(
      "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { virtualKey } }",
      { input },
    );
    const job = await team.job();
    await replicas.b.client(createVirtualKey.virtualKey).data(RUN_LLM_CALL, { input: job.callInput() });
    const { errors, extensions } = await a.run();
    expect(errors?.[0]?.extensions).toMatchObject({ limit: "CONCURRENCY", of: "KEY", allowed: 1, used: 1 });
    expect(extensions?.rateLimit).toMatchObject({
      requests: { of: "TEAM", limit: 10, remaining: 8 },
      tokens: { of: "TEAM", limit: 5_000 },
      concurrency: { of: "KEY", limit: 1, remaining: 0 },
    });
    running.release();
    expect((await first).errors).toBeUndefined();
  });

  it("holds a changed limit, and forgets what was reset, everywhere within a second", async () => {
    const { team, admin, a, b } = await limited({ requestsPerMinute: 1 });
    expect((await a.run()).errors).toBeUndefined();
    await b.refused();
    await admin.set({ requestsPerMinute: 2 });
    await expect.poll(async () => (await b.run()).errors, { timeout: SOON_MS }).toBeUndefined();
    await a.refused();
    await replicas.witness.admin.data(RESET_KEY, { id: team.keyId });
    await a.refused();
    const { resetTeamCounters } = await replicas.a.client(ADMIN_KEY).data(RESET_TEAM, { id: team.id });
    expect(resetTeamCounters.limits).toMatchObject({ requestsPerMinute: 2, wouldRefuse: 0 });
    for (const at of [a, b]) expect((await at.run()).errors).toBeUndefined();
    await b.refused();
    await expect.poll(async () => (await admin.read()).limits.wouldRefuse, { timeout: 5_000 }).toBeGreaterThan(0);
  });

  it("are those of each process while Redis is away, which fails no call and is said once", async () => {
    const { a, b } = await limited({ requestsPerMinute: 2 });
    const said = () => replicas.a.log.map(({ msg }) => msg).filter((text) => text === ALONE || text === TOGETHER);
    expect((await a.run()).errors).toBeUndefined();
    const before = said().length;
    await replicas.redis.stop();
    for (const at of [a, b]) {
      for (let call = 0; call < 2; call++) expect((await at.run()).errors).toBeUndefined();
      expect(await at.refused()).toMatchObject({ allowed: 2, used: 2 });
    }
    await replicas.redis.start();
    await replicas.connected();
    for (let call = 0; call < 2; call++) expect((await (call ? a : b).run()).errors).toBeUndefined();
    await a.refused();
    await expect.poll(() => said().slice(before)).toEqual([ALONE, TOGETHER]);
  });

  it("wait no longer than a moment for a Redis that hangs", async () => {
    const { a } = await limited({ requestsPerMinute: 2, concurrentCalls: 2 });
    replicas.redis.freeze();
    const began = Date.now();
    for (let call = 0; call < 2; call++) expect((await a.run()).errors).toBeUndefined();
    const ms = Date.now() - began;
    // One call has waited for a second, and told the next that Redis is too slow.
    expect(ms).toBeGreaterThan(900);
    expect(ms).toBeLessThan(2_000);
    await a.refused();
    replicas.redis.thaw();
    await replicas.connected();
  });
});

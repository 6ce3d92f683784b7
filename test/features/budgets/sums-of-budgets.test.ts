import { describe, expect, it } from "vitest";
import { Metrics } from "../../kit/clients/metrics.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { expectSoundAudit, tokens, usePricedModel } from "../../kit/priced-model.js";
import { type Random, seededRandom } from "../../kit/random.js";
import { error } from "../../kit/upstream/upstream-behaviours.js";
import { COMPLETE_JOB, CREATE_JOB, RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const DAY_MS = 86_400_000;
/** The time of a job that was used is rounded up by as much. */
const MINUTE_MS = 60_000;
const CLIENTS_OF_TEAM = 4;
const JOBS_OF_CLIENT = 8;
const STATUSES = ["COMPLETED", "FAILED", "CANCELLED"] as const;
const LIMIT = { unpaidCostUsdPerDay: "2" };
const BILLINGS = [
  { ...LIMIT, mode: "USD", creditsPerUsd: "10" },
  { ...LIMIT, mode: "TOKENS", tokensPerCredit: 500, isUnpaidCostEnforced: false },
  LIMIT,
];

describe("the sums of budgets, after much work at once", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });
  const priced = usePricedModel(gateway);

  it.each([1, 2])("are those of the ledger and of the jobs: seed %d", { timeout: 60_000 }, async (seed) => {
    const random = seededRandom(seed);
    gateway.upstream.on(priced.model, (exchange) =>
      (random.below(4) === 0 ? error(400) : tokens(random.below(4_000)))(exchange),
    );
    const before = await Metrics.of(gateway.url, ADMIN_KEY);
    const teams = await Promise.all(BILLINGS.map((billing) => priced.team({ credits: 20, billing })));
    await Promise.all(teams.flatMap((team) => Array.from({ length: CLIENTS_OF_TEAM }, () => work(team, random))));
    // Jobs that are left open expire.
    await clock.advance(DAY_MS + MINUTE_MS);
    await runTasks(gateway.app);
    const after = await Metrics.of(gateway.url, ADMIN_KEY);
    const told = (movement: string) =>
      after.sum("tollgate_credits_total", { movement }) - before.sum("tollgate_credits_total", { movement });
    const moved = await movedCredits(teams);
    expect(moved.held).toBeGreaterThan(0);
    expect(Object.fromEntries(Object.keys(moved).map((movement) => [movement, told(movement)]))).toEqual(moved);
    for (const team of teams) {
      await expectSoundAudit(gateway, team);
      expect(await unpaidCost(team)).toEqual(await costOfUnpaidJobs(team));
    }
  });

  /** Makes calls alone and in jobs, and ends most of the jobs, some while their calls run. */
  async function work({ client, modelGroup }: TestTeam, random: Random): Promise<void> {
    const alone = { modelGroup, messages: [{ role: "USER", content: "?" }] };
    for (let count = 0; count < JOBS_OF_CLIENT; count++) {
      await client.send(RUN_LLM_CALL, { input: alone });
      const { data } = await client.send(CREATE_JOB, { input: { jobType: "test" } });
      const jobId: string | undefined = data?.createJob?.id;
      if (jobId === undefined) continue;
      const calls = [1, 2].map(() => client.send(RUN_LLM_CALL, { input: { ...alone, jobId } }));
      if (random.below(3) > 0) await Promise.all(calls);
      const input = { jobId, status: random.pick(STATUSES) };
      await Promise.all([...calls, ...(random.below(4) > 0 ? [client.send(COMPLETE_JOB, { input })] : [])]);
    }
  }

  async function movedCredits(teams: readonly TestTeam[]) {
    const accountId = { in: teams.map(({ id }) => id) };
    const sum = async (kind: "HOLD" | "POST" | "VOID" | "EXPIRE") => {
      const { _sum } = await gateway.database.db.creditEntry.aggregate({
        where: { accountId, kind },
        _sum: { credits: true, heldCredits: true },
      });
      const { credits, heldCredits } = _sum;
      return kind === "POST" ? -((credits ?? 0) + (heldCredits ?? 0)) : Math.abs(heldCredits ?? 0);
    };
    return {
      held: await sum("HOLD"),
      posted: await sum("POST"),
      voided: await sum("VOID"),
      expired: await sum("EXPIRE"),
    };
  }

  async function unpaidCost({ id }: TestTeam): Promise<bigint> {
    const rows = await gateway.database.db.unpaidCost.findMany({ where: { teamId: id } });
    return rows.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0n);
  }

  async function costOfUnpaidJobs({ id }: TestTeam): Promise<bigint> {
    const jobs = await gateway.database.db.job.findMany({ where: { teamId: id } });
    return jobs.reduce((sum, { status, costNanoUsd, postedCredits, completionTokens, ...job }) => {
      if (status !== "COMPLETED") return sum + costNanoUsd;
      if (job.nanoCreditsPerUsd === null && job.tokensPerCredit === null) return sum;
      // 10 credits for a USD, and a credit for 500 tokens: each rounded up, and 1 at least.
      const [used, ofCredit] = job.nanoCreditsPerUsd === null ? [completionTokens, 500n] : [costNanoUsd, 100_000_000n];
      const taken = used === 0n ? 1n : (used + ofCredit - 1n) / ofCredit;
      return sum + costNanoUsd - (costNanoUsd * BigInt(postedCredits)) / taken;
    }, 0n);
  }
});

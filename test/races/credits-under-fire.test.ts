import { describe, expect, it } from "vitest";
import { waitedForLock } from "../../src/db/failure.js";
import { hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { LogLines } from "../kit/log-lines.js";
import { seededRandom } from "../kit/random.js";
import { answer, error } from "../kit/upstream/upstream-behaviours.js";
import { COMPLETE_JOB, CREATE_JOB, name, RUN_LLM_CALL } from "../kit/world.js";

const WORKERS = 24;
const STEPS = 900;
const LOCK_TIMEOUT = "canceling statement due to lock timeout";
const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }";
const ADJUST = "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { id } }";
const TRANSFER = "mutation ($input: TransferCreditsInput!) { transferCredits(input: $input) { toTeam { id } } }";
const BILL = "mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { id } }";
const GRANT_POOL =
  "mutation ($input: GrantOrganizationCreditsInput!) { grantOrganizationCredits(input: $input) { id } }";
const AUDIT =
  "query ($id: ID!) { ledgerAudit(teamId: $id) { isSound differences { figure jobId recorded recomputed } } }";
const TOTALS = "{ ledgerTotals { issued available held earned lapsed isBalanced } }";

/** A task that waits for a row for too long does its work in its next round. */
function expectLongWait(failure: unknown): void {
  if (failure instanceof AggregateError) failure.errors.forEach(expectLongWait);
  else if (!waitedForLock(failure)) throw failure;
}

describe.runIf(hasPostgres())("all that moves credits, at once, over two processes", { timeout: 180_000 }, () => {
  const lines = new LogLines("warn");
  const { one, other } = useTwoGateways(lines);

  it("ends with every account sound, and nobody was refused but for what it lacks or a long wait", async () => {
    const model = name("model");
    await one.admin.data(
      `mutation ($model: String!) {
        setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "0", outputUsdPerMillionTokens: "1000" }) { model } }`,
      { model },
    );
    const random = seededRandom(11);
    one.upstream.on(model, (exchange) => {
      if (random.below(6) === 0) return error(400)(exchange);
      const completion = random.below(4_000);
      answer({ usage: { prompt_tokens: 0, completion_tokens: completion, total_tokens: completion } })(exchange);
    });
    const organization = await one.world.organization();
    const billings = [
      { mode: "USD", creditsPerUsd: "1.000000001", markupPercent: "12.3456" },
      { mode: "TOKENS", tokensPerCredit: 777 },
      { mode: "JOB" },
      { mode: "USD", creditsPerUsd: "0.000000001" },
    ];
    const groups = [await one.world.modelGroup([model])];
    const teams = await Promise.all(billings.map((billing) => organization.team({ credits: 30, groups, billing })));
    const key = await one.world.organizationKey(organization.id);
    const jobs: { id: string; team: number }[] = [];
    const codes = new Map<string, number>();
    const pick = <T>(items: readonly T[]): T => items[random.below(items.length)] as T;

    async function step(number: number): Promise<void> {
      const gateway = number % 2 ? one : other;
      const index = random.below(teams.length);
      const team = teams[index] as (typeof teams)[0];
      const client = gateway.client(team.secret);
      const job = pick(jobs.length > 12 ? jobs.slice(-12) : jobs);
      const mates = gateway.client(teams[job?.team ?? 0]?.secret ?? "");
      const id = team.id;
      const messages = [{ role: "USER", content: "?" }];
      const sent = async () => {
        switch (random.below(14)) {
          case 0:
          case 1: {
            const created = await client.send(CREATE_JOB, { input: { jobType: "test" } });
            if (created.data?.createJob) jobs.push({ id: created.data.createJob.id, team: index });
            return created;
          }
          case 2:
            return client.send(RUN_LLM_CALL, { input: { modelGroup: groups[0], messages } });
          case 3:
          case 4:
          case 5:
          case 6:
            return job && mates.send(RUN_LLM_CALL, { input: { jobId: job.id, modelGroup: groups[0], messages } });
          case 7:
          case 8: {
            const status = pick(["COMPLETED", "COMPLETED", "FAILED", "CANCELLED"]);
            return job && mates.send(COMPLETE_JOB, { input: { jobId: job.id, status } });
          }
          case 9: {
            const expiresAt = new Date(Date.now() + 50 + random.below(2_000)).toISOString();
            const input = { teamId: id, credits: 1 + random.below(9), expiresAt, idempotencyKey: `a${number}` };
            return gateway.admin.send(ADD, { input });
          }
          case 10:
            return gateway.client(key.secret).send(ADD, { input: { teamId: id, credits: 1 + random.below(5) } });
          case 11: {
            const to = pick(teams.filter((each) => each !== team));
            const sides = pick([
              { fromTeamId: id, toTeamId: to.id },
              { fromTeamId: id, toOrganizationId: organization.id },
              { fromOrganizationId: organization.id, toTeamId: id },
            ]);
            const input = { ...sides, credits: 1 + random.below(6), reason: "Moved" };
            return gateway.client(key.secret).send(TRANSFER, { input });
          }
          case 12: {
            const credits = (1 + random.below(5)) * (random.below(2) ? 1 : -1);
            return gateway.admin.send(ADJUST, { input: { teamId: id, credits, reason: "Corrected" } });
          }
          default:
            if (random.below(3) === 0) return gateway.admin.send(BILL, { input: { id, billing: pick(billings) } });
            if (random.below(2) === 0) await runTasks(gateway.app).catch(expectLongWait);
            return gateway.admin.send(GRANT_POOL, { input: { organizationId: organization.id, credits: 3 } });
        }
      };
      const answered = await sent();
      for (const failure of answered?.errors ?? []) {
        const code = String(failure.extensions?.code ?? failure.message);
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
    }

    let next = 0;
    await Promise.all(
      Array.from({ length: WORKERS }, async () => {
        for (let number = next++; number < STEPS; number = next++) await step(number);
      }),
    );
    await runTasks(one.app);
    for (const code of codes.keys())
      expect([
        "INSUFFICIENT_CREDITS",
        "INVALID_STATE",
        "CALLS_RUNNING",
        "UPSTREAM_REJECTED",
        "INVALID_INPUT",
        "UNAVAILABLE",
      ]).toContain(code);
    // A busy machine may keep a request waiting for a row for longer than it may. Nothing of it is kept then. Whatever
    // else the database refuses, such as a deadlock, is told by the same code, and by other words in the log.
    for (const { err } of lines.of("An operation failed.")) expect(err.message).toContain(LOCK_TIMEOUT);
    expect(lines.text).not.toContain("The database is away");
    for (const { id } of teams)
      expect((await one.admin.data(AUDIT, { id })).ledgerAudit).toEqual({ isSound: true, differences: [] });
    expect((await one.admin.data(TOTALS)).ledgerTotals.isBalanced).toBe(true);
    const { db } = one.database;
    const [grants] = await db.$queryRaw<{ wrong: bigint }[]>`SELECT count(*) AS wrong FROM credit_balances AS balance
      WHERE available + held <> (SELECT COALESCE(sum(remaining), 0) FROM credit_grants WHERE account_id = balance.account_id)
        - (used - used_of_grants)`;
    expect(Number(grants?.wrong)).toBe(0);
    await expectSoundLedger(db);
  });
});

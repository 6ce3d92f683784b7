import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { type Gateway, startGateway, useTwoGateways } from "../kit/gateway/gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { seededRandom } from "../kit/random.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { COMPLETE_JOB, CREATE_JOB, name, RUN_LLM_CALL } from "../kit/world.js";

const JOBS = 1_000;
const CLIENTS = 40;

describe.runIf(hasPostgres())("budgets in USD, over two processes", { timeout: 240_000 }, () => {
  const { one, other } = useTwoGateways();

  it(`${JOBS} jobs that end at once take what they cost as long as it is there, and the rest is what was in flight`, async () => {
    const model = name("model");
    await one.admin.data(
      `mutation ($model: String!) {
        setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "0", outputUsdPerMillionTokens: "1000" }) { model } }`,
      { model },
    );
    const random = seededRandom(7);
    // A call costs from one to four credits, and a part of one more.
    one.upstream.on(model, (exchange) => {
      const completion = 1_000 + random.below(3_500);
      answer({ usage: { prompt_tokens: 0, completion_tokens: completion, total_tokens: completion } })(exchange);
    });
    const billing = { mode: "USD", creditsPerUsd: "1" };
    const team = await one.world.team({ models: [model], credits: 2_000, billing });
    const clients = [team.client, other.client(team.secret)];
    const refused: Record<string, number> = {};
    /** The jobs in which several calls ran at the same time. */
    const opened = await inTurns(JOBS, CLIENTS, async (number) => {
      const client = clients[number % 2] as (typeof clients)[0];
      const created = await client.send(CREATE_JOB, { input: { jobType: "test" } });
      const id: string | undefined = created.data?.createJob?.id;
      if (id === undefined) return count(refused, created.errors?.[0]?.extensions.code);
      const input = { jobId: id, modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] };
      const calls = await Promise.all([1, 2].map(() => client.send(RUN_LLM_CALL, { input })));
      for (const { errors } of calls) if (errors) count(refused, errors[0]?.extensions.code);
      return id;
    });
    const jobs = opened.filter((id) => typeof id === "string");
    const ended = await inTurns(jobs.length * 2, 2 * CLIENTS, async (number) => {
      const client = clients[number % 2] as (typeof clients)[0];
      const input = { jobId: jobs[Math.floor(number / 2)] };
      return (await client.data(COMPLETE_JOB, { input })).completeJob.costs.creditApplied;
    });
    expect(new Set(ended)).toEqual(new Set([true]));
    expect(Object.keys(refused)).toEqual(["INSUFFICIENT_CREDITS"]);

    const { db } = one.database;
    const rows = await db.job.findMany({ where: { teamId: team.id } });
    expect(rows.length).toBe(jobs.length);
    let short = 0;
    for (const { costNanoUsd, postedCredits } of rows) {
      const cost = Math.max(1, Math.ceil(Number(costNanoUsd) / 1e9));
      expect(postedCredits).toBeLessThanOrEqual(cost);
      // At most two calls of a job run at once, and each costs less than 5 credits.
      expect(cost - postedCredits).toBeLessThan(2 * 5);
      if (postedCredits < cost) short += 1;
    }
    // The credits run out in the midst of it, so both happens.
    expect(short).toBeGreaterThan(0);
    expect(short).toBeLessThan(rows.length);
    const { used, held, available } = await team.credits();
    expect({ held, sum: used + available }).toEqual({ held: 0, sum: 2_000 });
    await expectSoundLedger(db);
    const audit = "query ($id: ID!) { ledgerAudit(teamId: $id) { isSound differences { figure } } }";
    expect((await one.admin.data(audit, { id: team.id })).ledgerAudit).toEqual({ isSound: true, differences: [] });
  });
});

describe.runIf(hasPostgres())("three processes that cross the first of a month", { timeout: 120_000 }, () => {
  const gateways: Gateway[] = [];
  beforeAll(async () => {
    const databaseUrl = await createPostgresUrl();
    for (let number = 0; number < 3; number++) gateways.push(await startGateway({ databaseUrl }));
  });
  afterAll(async () => {
    for (const gateway of gateways) await gateway.close();
  });

  it("grant the monthly credits of each team once", async () => {
    const [first] = gateways as [Gateway];
    const organization = await first.world.organization();
    const teams = await Promise.all(
      Array.from({ length: 20 }, () => organization.team({ credits: 1, billing: { monthlyCredits: 5 } })),
    );
    const round = () => Promise.all(gateways.map(({ app }) => runTasks(app)));
    await round();
    for (const team of teams) expect(await team.credits()).toMatchObject({ allocated: 1 });
    await first.database.db
      .$executeRaw`CREATE OR REPLACE FUNCTION tollgate_now() RETURNS TIMESTAMPTZ LANGUAGE sql STABLE PARALLEL SAFE
      AS 'SELECT now() + interval ''1 month'''`;
    for (let count = 0; count < 5; count++) await round();
    for (const team of teams) expect(await team.credits()).toMatchObject({ allocated: 6 });
    await expectSoundLedger(first.database.db);
  });
});

const ADD_CREDITS = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { credits { allocated } } }";

describe.runIf(hasPostgres())("a pool of 100 credits, over two processes that are killed", { timeout: 240_000 }, () => {
  let witness: Gateway;
  let env: Record<string, string>;
  const processes: GatewayProcess[] = [];
  beforeAll(async () => {
    buildGateway();
    const databaseUrl = await createPostgresUrl();
    witness = await startGateway({ databaseUrl });
    env = { DATABASE_URL: databaseUrl, SIMULATED: "on" };
    for (let number = 0; number < 2; number++) processes.push(await startGatewayProcess(env));
  });
  afterAll(async () => {
    await Promise.all(processes.map((process) => process.kill()));
    await witness?.close();
  });

  it("gives to ten teams what it has, and not a credit is made or lost", async () => {
    const organization = await witness.world.organization();
    const teams = await Promise.all(Array.from({ length: 10 }, () => organization.team({ credits: 0 })));
    const pool = { organizationId: organization.id, credits: 100 };
    await witness.admin.data(
      "mutation ($input: GrantOrganizationCreditsInput!) { grantOrganizationCredits(input: $input) { id } }",
      { input: pool },
    );
    const { createOrganizationKey } = await witness.admin.data(
      "mutation ($id: ID!) { createOrganizationKey(input: { organizationId: $id }) { secret } }",
      { id: organization.id },
    );
    let isOver = false;
    let kills = 0;
    const killing = (async () => {
      while (!isOver) {
        const index = kills % 2;
        await processes[index]?.kill();
        kills += 1;
        processes[index] = await startGatewayProcess(env);
      }
    })();
    /** Asks again, with the same key, until somebody has answered. */
    async function give(number: number): Promise<string> {
      const input = { teamId: teams[number % 10]?.id, credits: 3, idempotencyKey: `gift-${number}` };
      for (let turn = number; ; turn++) {
        const client = processes[turn % 2]?.client(createOrganizationKey.secret);
        const answered = await client?.send(ADD_CREDITS, { input }).catch(() => undefined);
        const code = answered?.errors?.[0]?.extensions.code;
        if (answered?.data?.addCredits) return "given";
        if (code === "INSUFFICIENT_CREDITS") return code;
      }
    }
    // Rounds of the same fifty gifts: all but the first change nothing.
    let outcomes: string[] = [];
    for (let round = 0; round < 6 || kills < 4; round++)
      outcomes = await Promise.all(Array.from({ length: 50 }, (_, number) => give(number)));
    isOver = true;
    await killing;
    expect(kills).toBeGreaterThanOrEqual(4);
    const given = outcomes.filter((outcome) => outcome === "given").length;
    expect(given).toBe(33);
    const allocated = await Promise.all(teams.map(async (team) => (await team.credits()).allocated));
    expect(allocated.reduce((sum, credits) => sum + credits, 0)).toBe(99);
    const { organization: read } = await witness.admin.data(
      "query ($id: ID!) { organization(id: $id) { credits { granted passedOn available } } }",
      { id: organization.id },
    );
    expect(read.credits).toEqual({ granted: 100, passedOn: 99, available: 1 });
    const { ledgerTotals } = await witness.admin.data("{ ledgerTotals { issued available isBalanced } }");
    expect(ledgerTotals).toEqual({ issued: 100, available: 100, isBalanced: true });
    await expectSoundLedger(witness.database.db);
  });
});

/** Does something so many times, a few at once. */
async function inTurns<Result>(
  times: number,
  atOnce: number,
  act: (number: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < times; number = next++) results[number] = await act(number);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

function count(codes: Record<string, number>, code: string | undefined): undefined {
  codes[code ?? ""] = (codes[code ?? ""] ?? 0) + 1;
  return undefined;
}

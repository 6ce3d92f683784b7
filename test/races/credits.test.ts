import { describe, expect, it } from "vitest";
import type { GraphqlAnswer } from "../kit/clients/graphql.js";
import { hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { type GatewayOptions, useGateway } from "../kit/gateway/gateway.js";
import { answer, held } from "../kit/upstream/upstream-behaviours.js";
import { COMPLETE_JOB, CREATE_JOB, name, RUN_LLM_CALL, TestJob, type TestTeam } from "../kit/world.js";

const options: GatewayOptions = { engine: "postgres", upstream: "scripted" };

// Concurrency is claimed for a real PostgreSQL: the embedded database has one connection.
describe.runIf(hasPostgres())("at the same moment, on PostgreSQL", () => {
  const gateway = useGateway(options);

  it("200 completions of one job charge once", async () => {
    const team = await gateway.world.team({ credits: 300 });
    const job = await team.job();
    const answers = await allAtOnce(200, () => team.client.send(COMPLETE_JOB, { input: { jobId: job.id } }));
    const summaries = answers.map((answer) => JSON.stringify(answer.data?.completeJob));
    expect(new Set(summaries).size, "different summaries").toBe(1);
    expect(answers[0]?.data.completeJob.costs).toMatchObject({ creditApplied: true, creditsRemaining: 299 });
    expect(await team.credits()).toEqual({ allocated: 300, used: 1, held: 0, remaining: 299, available: 299 });
    expect(await entriesOf(team)).toEqual({ GRANT: 1, HOLD: 1, POST: 1 });
    await expectSoundLedger(gateway.database.db);
  });

  it("100 completed jobs charge exactly 100", async () => {
    const team = await gateway.world.team({ credits: 150 });
    const jobs = await allAtOnce(100, () => team.job());
    expect(await team.credits()).toMatchObject({ held: 100, available: 50 });
    const completions = await allAtOnce(100, (index) => jobs[index]?.complete());
    const remaining = completions.map((completion) => completion.costs.creditsRemaining).sort((a, b) => a - b);
    expect(remaining).toEqual(Array.from({ length: 100 }, (_, index) => 50 + index));
    expect(await team.credits()).toEqual({ allocated: 150, used: 100, held: 0, remaining: 50, available: 50 });
    await expectSoundLedger(gateway.database.db);
  });

  it("a balance of 5 and 40 new jobs give exactly 5 jobs", async () => {
    const team = await gateway.world.team({ credits: 5 });
    const answers = await allAtOnce(40, () => team.client.send(CREATE_JOB, { input: { jobType: "race" } }));
    expect(codesOf(answers)).toEqual({ ok: 5, INSUFFICIENT_CREDITS: 35 });
    expect(await team.credits()).toEqual({ allocated: 5, used: 0, held: 5, remaining: 5, available: 0 });
    const { jobs } = await team.client.data("{ jobs { totalCount } }");
    expect(jobs.totalCount).toBe(5);
    await expectSoundLedger(gateway.database.db);
  });

  it("20 further calls of a job that was opened for one call, while that one runs, are refused", async () => {
    const behaviour = held();
    const model = name("model");
    gateway.upstream.on(model, behaviour, answer());
    const team = await gateway.world.team({ models: [model] });
    const input = new TestJob("", team).callInput({ jobId: null });
    const own = team.client.data(RUN_LLM_CALL, { input });
    await behaviour.arrived;
    const { jobs } = await team.client.data("{ jobs { nodes { id } } }");
    const further = { input: { ...input, jobId: jobs.nodes[0].id } };
    const answers = await allAtOnce(20, (index) => {
      if (index === 10) behaviour.release();
      return team.client.send(RUN_LLM_CALL, further);
    });
    expect(codesOf(answers)).toEqual({ INVALID_STATE: 20 });
    expect((await own).runLlmCall).toMatchObject({ status: "SUCCEEDED", job: { status: "COMPLETED" } });
    expect(await team.credits()).toMatchObject({ used: 1, held: 0 });
  });

  it("a job that is completed, failed and cancelled 30 times each ends in one way", async () => {
    const team = await gateway.world.team({ credits: 3 });
    const job = await team.job();
    const ways = ["COMPLETED", "FAILED", "CANCELLED"];
    const answers = await allAtOnce(90, (index) =>
      team.client.send(COMPLETE_JOB, { input: { jobId: job.id, status: ways[index % 3] } }),
    );
    const { status } = await job.read();
    const ended = answers.filter((answer) => !answer.errors).map((answer) => answer.data.completeJob.job.status);
    expect(new Set(ended)).toEqual(new Set([status]));
    expect(codesOf(answers)).toEqual({ ok: 30, INVALID_STATE: 60 });
    expect(await team.credits()).toMatchObject({ used: status === "COMPLETED" ? 1 : 0, held: 0 });
    await expectSoundLedger(gateway.database.db);
  });

  it("calls and a completion leave no call outside the summary", async () => {
    const team = await gateway.world.team({ credits: 20 });
    for (let round = 0; round < 10; round++) {
      const job = await team.job();
      const [completion, ...calls] = await Promise.all([
        team.client.send(COMPLETE_JOB, { input: { jobId: job.id } }),
        ...Array.from({ length: 8 }, () => team.client.send(RUN_LLM_CALL, { input: job.callInput() })),
      ]);
      const admitted = calls.filter((call) => !call.errors).length;
      if (completion.errors) {
        expect(codesOf([completion])).toEqual({ CALLS_RUNNING: 1 });
        await job.complete();
      }
      expect((await job.read()).costs).toMatchObject({
        totalCalls: admitted,
        successfulCalls: admitted,
        runningCalls: 0,
      });
    }
    await expectSoundLedger(gateway.database.db);
  });

  it("settling 50 calls of one job adds up exactly", async () => {
    const model = name("model");
    const behaviours = Array.from({ length: 50 }, (_, index) =>
      held({
        usage: { prompt_tokens: index, completion_tokens: 1 },
        headers: { "x-litellm-response-cost": "0.000000001" },
      }),
    );
    gateway.upstream.on(model, ...(behaviours as [(typeof behaviours)[0], ...typeof behaviours]));
    const job = await (await gateway.world.team({ models: [model] })).job();
    const calls = behaviours.map(() => job.call());
    await Promise.all(behaviours.map((behaviour) => behaviour.arrived));
    for (const behaviour of behaviours) behaviour.release();
    await Promise.all(calls);
    expect((await job.complete()).costs).toMatchObject({
      totalCalls: 50,
      successfulCalls: 50,
      promptTokens: 1225,
      completionTokens: 50,
      totalCostUsd: "0.00000005",
    });
  });

  it("the same team, organization and key are created once", async () => {
    const id = name("same");
    const answers = await allAtOnce(20, () =>
      gateway.admin.send(`mutation ($id: ID!) { createOrganization(input: { id: $id, name: "Same" }) { id } }`, { id }),
    );
    expect(codesOf(answers)).toEqual({ ok: 1, ALREADY_EXISTS: 19 });
    const teams = await allAtOnce(20, () =>
      gateway.admin.send(
        `mutation ($id: ID!) { createTeam(input: { id: $id, organizationId: $id, creditsAllocated: 5 }) { virtualKey } }`,
        { id },
      ),
    );
    expect(codesOf(teams)).toEqual({ ok: 1, ALREADY_EXISTS: 19 });
    await expectSoundLedger(gateway.database.db);
  });

  async function entriesOf(team: TestTeam): Promise<Record<string, number>> {
    const entries = await gateway.database.db.creditEntry.groupBy({
      by: ["kind"],
      where: { accountId: team.id },
      _count: true,
    });
    return Object.fromEntries(entries.map((entry) => [entry.kind, entry._count]));
  }
});

function allAtOnce<Result>(times: number, act: (index: number) => Promise<Result> | undefined): Promise<Result[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => act(index) as Promise<Result>));
}

function codesOf(answers: GraphqlAnswer[]): Record<string, number> {
  const codes: Record<string, number> = {};
  for (const { errors } of answers) {
    const code = errors?.[0]?.extensions.code ?? "ok";
    codes[code] = (codes[code] ?? 0) + 1;
  }
  return codes;
}

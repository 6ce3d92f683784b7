import { beforeAll, describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { answer, type Behaviour, error } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { COMPLETE_JOB, CREATE_JOB, name, RUN_LLM_CALL, type TestJob, type TestTeam } from "../../kit/world.js";

const DAY_MS = 86_400_000;
const UPDATE = `mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { billing {
  mode creditsPerUsd tokensPerCredit markupPercent monthlyCredits lowCreditsThresholds unpaidCostUsdPerDay } } }`;
const ENTRIES = `query ($id: ID!) { job(id: $id) { creditEntries { kind credits heldCredits } costs { totalCostUsd creditsPosted creditApplied } } }`;
const AUDIT =
  "query ($id: ID!) { ledgerAudit(teamId: $id) { isSound differences { figure jobId recorded recomputed } } }";

describe("budgets", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });
  let model: string;
  beforeAll(async () => {
    model = name("model");
    await gateway.admin.data(
      `mutation ($model: String!) {
        setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "0", outputUsdPerMillionTokens: "100" }) { model } }`,
      { model },
    );
  });

  /** Each call answers with so many tokens, at 0.0001 USD each. */
  const tokens = (completion: number): Behaviour =>
    answer({ usage: { prompt_tokens: 0, completion_tokens: completion, total_tokens: completion } });
  const team = (options: { credits?: number; billing?: object } = {}): Promise<TestTeam> =>
    gateway.world.team({ models: [model], ...options });
  const entriesOf = async (job: TestJob) =>
    (await job.team.client.data(ENTRIES, { id: job.id })).job.creditEntries.map(
      ({ kind, credits, heldCredits }: Entry) => `${kind} ${credits} ${heldCredits}`,
    );

  async function expectSound({ id }: TestTeam): Promise<void> {
    expect((await gateway.admin.data(AUDIT, { id })).ledgerAudit).toEqual({ isSound: true, differences: [] });
  }

  describe("by USD", () => {
    const BY_USD = { mode: "USD", creditsPerUsd: "10" };

    it("a job holds what its calls have cost, and takes that when it completes, rounded up", async () => {
      const payer = await team({ credits: 20, billing: BY_USD });
      const job = await payer.job();
      gateway.upstream.on(model, tokens(2_500));
      await job.call();
      expect(await payer.credits()).toMatchObject({ held: 3, available: 17 });
      gateway.upstream.on(model, tokens(1));
      await job.call();
      expect(await entriesOf(job)).toEqual(["HOLD -1 1", "HOLD -2 2"]);
      const { costs } = await job.complete();
      expect(costs).toMatchObject({ totalCostUsd: "0.2501", creditApplied: true, creditsRemaining: 17 });
      expect(await entriesOf(job)).toEqual(["HOLD -1 1", "HOLD -2 2", "POST 0 -3"]);
      expect(await payer.credits()).toEqual({ allocated: 20, used: 3, held: 0, remaining: 17, available: 17 });
      await expectSound(payer);
    });

    it("takes 1 at least, and exactly n for exactly n", async () => {
      const payer = await team({ credits: 20, billing: BY_USD });
      await (await payer.job()).complete();
      expect(await payer.credits()).toMatchObject({ used: 1 });
      const job = await payer.job();
      gateway.upstream.on(model, tokens(3_000));
      await job.call();
      await job.complete();
      expect(await payer.credits()).toMatchObject({ used: 4 });
      await expectSound(payer);
    });

    it("gives everything back if the job fails", async () => {
      const payer = await team({ credits: 20, billing: BY_USD });
      const job = await payer.job();
      gateway.upstream.on(model, tokens(5_000));
      await job.call();
      await job.complete({ status: "FAILED" });
      expect(await entriesOf(job)).toEqual(["HOLD -1 1", "HOLD -4 4", "VOID 5 -5"]);
      expect(await payer.credits()).toMatchObject({ used: 0, available: 20 });
      await expectSound(payer);
    });

    it("refuses a call whose job cannot hold another credit, and lets it in when the team has one again", async () => {
      const payer = await team({ credits: 2, billing: BY_USD });
      const job = await payer.job();
      gateway.upstream.on(model, tokens(1_000));
      await job.call();
      await job.call();
      expect(await payer.credits()).toMatchObject({ held: 2, available: 0 });
      const refusal = await payer.client.refusal("INSUFFICIENT_CREDITS", RUN_LLM_CALL, { input: job.callInput() });
      expect(refusal.extensions).toMatchObject({ teamId: payer.id, needed: 1, available: 0 });
      await gateway.admin.data("mutation ($id: ID!) { addCredits(input: { teamId: $id, credits: 1 }) { id } }", {
        id: payer.id,
      });
      expect((await job.call()).status).toBe("SUCCEEDED");
      expect(await entriesOf(job)).toEqual(["HOLD -1 1", "HOLD -1 1", "HOLD -1 1"]);
      await expectSound(payer);
    });

    it("charges what there is if the last call costs more than the team has", async () => {
      const payer = await team({ credits: 3, billing: BY_USD });
      const job = await payer.job();
      gateway.upstream.on(model, tokens(10_000));
      await job.call();
      expect(await payer.credits()).toMatchObject({ held: 3, available: 0 });
      await job.complete();
      expect(await payer.credits()).toMatchObject({ used: 3, held: 0, available: 0 });
      expect(await entriesOf(job)).toEqual(["HOLD -1 1", "HOLD -2 2", "POST 0 -3"]);
      await expectSound(payer);
    });

    it("takes at the end what was not there when the call ended", async () => {
      const payer = await team({ credits: 3, billing: BY_USD });
      const job = await payer.job();
      gateway.upstream.on(model, tokens(10_000));
      await job.call();
      await gateway.admin.data("mutation ($id: ID!) { addCredits(input: { teamId: $id, credits: 30 }) { id } }", {
        id: payer.id,
      });
      await job.complete();
      expect(await entriesOf(job)).toEqual(["HOLD -1 1", "HOLD -2 2", "POST -7 -3"]);
      expect(await payer.credits()).toMatchObject({ used: 10, available: 23 });
      await expectSound(payer);
    });

    it("charges a call that opens its own job in the same way", async () => {
      const payer = await team({ credits: 20, billing: BY_USD });
      gateway.upstream.on(model, tokens(4_100));
      const input = { modelGroup: payer.modelGroup, messages: [{ role: "USER", content: "?" }] };
      await payer.client.data(RUN_LLM_CALL, { input });
      expect(await payer.credits()).toMatchObject({ used: 5, held: 0, available: 15 });
      await expectSound(payer);
    });

    it("refuses a model without a price, and says how to give it one", async () => {
      const unknown = name("model");
      gateway.upstream.on(unknown, answer());
      const payer = await gateway.world.team({ models: [unknown], billing: BY_USD });
      const job = await payer.job();
      const refusal = await payer.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: job.callInput() });
      expect(refusal.message).toBe(
        `The model "${unknown}" has no price, so its cost cannot be counted against a budget in USD. Give it one with setModelPrice(input: { model: "${unknown}", ... }).`,
      );
      await gateway.admin.data(
        `mutation ($model: String!) {
          setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "1" }) { model } }`,
        { model: unknown },
      );
      expect((await job.call()).status).toBe("SUCCEEDED");
      const known = await gateway.world.team({ models: ["gpt-4o-mini"], billing: BY_USD });
      expect((await (await known.job()).call()).status).toBe("SUCCEEDED");
    });

    it("bills a job as its team was billed when it opened", async () => {
      const payer = await team({ credits: 20, billing: BY_USD });
      const job = await payer.job();
      await gateway.admin.data(UPDATE, { input: { id: payer.id, billing: { mode: "JOB" } } });
      const byJob = await payer.job();
      gateway.upstream.on(model, tokens(5_000));
      await job.call();
      await byJob.call();
      await job.complete();
      await byJob.complete();
      expect(await payer.credits()).toMatchObject({ used: 6 });
      await expectSound(payer);
    });
  });

  it("by tokens, a job takes a credit for each so many of them", async () => {
    const payer = await team({ credits: 20, billing: { mode: "TOKENS", tokensPerCredit: 1_000 } });
    const job = await payer.job();
    gateway.upstream.on(model, tokens(1_000));
    await job.call();
    expect(await payer.credits()).toMatchObject({ held: 1 });
    await job.call();
    gateway.upstream.on(model, tokens(1));
    await job.call();
    expect(await payer.credits()).toMatchObject({ held: 3 });
    await job.complete();
    expect(await payer.credits()).toMatchObject({ used: 3, held: 0 });
    await expectSound(payer);
  });

  it("many jobs that end at once take no more than there is, and no balance falls below zero", async () => {
    const payer = await team({ credits: 12, billing: { mode: "USD", creditsPerUsd: "10" } });
    gateway.upstream.on(model, tokens(3_000));
    const jobs = await Promise.all(Array.from({ length: 8 }, () => payer.job()));
    await Promise.all(jobs.map((job) => job.call()));
    await Promise.all(jobs.map((job, index) => job.complete(index % 4 === 0 ? { status: "FAILED" } : {})));
    const { used, held, available } = await payer.credits();
    expect({ held, sum: used + available }).toEqual({ held: 0, sum: 12 });
    expect(used).toBeGreaterThanOrEqual(6);
    await expectSound(payer);
  });

  describe("of a job itself", () => {
    it("refuse a call that would begin beyond them", async () => {
      const payer = await team();
      gateway.upstream.on(model, tokens(600));
      const job = await payer.job("test", { maxTokens: 1_000 });
      await job.call();
      await job.call();
      const refusal = await payer.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: job.callInput() });
      expect(refusal).toMatchObject({
        message: "The job has reached its own limit of cost or of tokens (maxCostUsd, maxTokens).",
        extensions: { status: 403, retryable: false, jobId: job.id },
      });
      await job.complete();

      const dear = await payer.job("test", { maxCostUsd: "0.06" });
      await dear.call();
      await payer.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: dear.callInput() });
      const read = "query ($id: ID!) { job(id: $id) { maxCostUsd maxTokens } }";
      expect((await payer.client.data(read, { id: dear.id })).job).toEqual({ maxCostUsd: "0.06", maxTokens: null });
      expect((await payer.client.data(read, { id: job.id })).job).toEqual({ maxCostUsd: null, maxTokens: 1_000 });
    });

    it.each([
      ["tokens", { maxTokens: 40 }, "maxTokens"],
      ["cost", { maxCostUsd: "0.001" }, "maxCostUsd"],
    ])("end a running stream that passes the limit of %s, honestly", async (_what, limit, said) => {
      const payer = await team();
      const job = await payer.job("test", limit);
      const stream = heldStream();
      gateway.upstream.on(model, stream);
      const events = gateway.socket(payer.secret).stream(job.callInput());
      await stream.arrived;
      stream.text("A short word. ");
      stream.text("x".repeat(400));
      const last = (await events.rest()).at(-1);
      await stream.closed;
      expect(last.call).toMatchObject({
        status: "FAILED",
        error: { code: "BUDGET_EXCEEDED", message: expect.stringContaining(said) },
        content: expect.stringContaining("A short word. "),
        usage: { source: "ESTIMATED" },
      });
      expect((await job.complete()).job.status).toBe("COMPLETED");
    });

    it("must be above nothing", async () => {
      const payer = await team();
      for (const [field, input] of [
        ["input.maxTokens", { maxTokens: 0 }],
        ["input.maxTokens", { maxTokens: -1 }],
        ["input.maxCostUsd", { maxCostUsd: "0" }],
        ["input.maxCostUsd", { maxCostUsd: "1000000.000000001" }],
      ] as const) {
        const refusal = await payer.client.refusal("INVALID_INPUT", CREATE_JOB, { input: { jobType: "x", ...input } });
        expect(refusal.extensions.field).toBe(field);
      }
    });
  });

  it("of unpaid cost refuse every call until midnight UTC, once jobs that ended unpaid have cost so much", async () => {
    const payer = await team({ billing: { unpaidCostUsdPerDay: "0.1" } });
    gateway.upstream.on(model, tokens(600));
    for (const status of ["FAILED", "CANCELLED"]) {
      const job = await payer.job();
      await job.call();
      await job.complete({ status });
    }
    const job = await payer.job();
    const refusal = await payer.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: job.callInput() });
    expect(refusal.message).toContain("unpaidCostUsdPerDay");
    const alone = { modelGroup: payer.modelGroup, messages: [{ role: "USER", content: "?" }] };
    await payer.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: alone });
    await clock.advance(DAY_MS / 2);
    expect((await job.call()).status).toBe("SUCCEEDED");
    await job.complete();
    // What is paid for does not count, and a call that failed costs nothing.
    gateway.upstream.on(model, error(400));
    for (let count = 0; count < 3; count++) await (await payer.job()).complete({ status: "FAILED" });
    await expectSound(payer);
  });

  it("count what a job cost that expired", async () => {
    const payer = await team({ billing: { unpaidCostUsdPerDay: "0.05" } });
    gateway.upstream.on(model, tokens(600));
    const job = await payer.job();
    await job.call();
    await clock.advance(DAY_MS + 1);
    await runTasks(gateway.app);
    expect((await job.read()).status).toBe("EXPIRED");
    const next = await payer.job();
    await payer.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: next.callInput() });
  });

  it("show a team its cost with the markup, exactly, and the admin the real one", async () => {
    const payer = await team({ credits: 20, billing: { mode: "USD", creditsPerUsd: "10", markupPercent: "12.3456" } });
    const job = await payer.job();
    gateway.upstream.on(model, tokens(1_001));
    const call = await job.call();
    const COST = `query ($id: ID!) { llmCall(id: $id) { costUsd attempts { costUsd } job { costs { totalCostUsd } } } }`;
    const asTeam = {
      costUsd: "0.1124579456",
      attempts: [{ costUsd: "0.1124579456" }],
      job: { costs: { totalCostUsd: "0.1124579456" } },
    };
    expect((await payer.client.data(COST, { id: call.id })).llmCall).toEqual(asTeam);
    const real = { costUsd: "0.1001", attempts: [{ costUsd: "0.1001" }], job: { costs: { totalCostUsd: "0.1001" } } };
    expect((await gateway.admin.data(COST, { id: call.id })).llmCall).toEqual(real);
    await job.complete();
    expect(await payer.credits()).toMatchObject({ used: 2 });
    const closed = await gateway.admin.data(ENTRIES, { id: job.id });
    expect(closed.job.costs).toEqual({ totalCostUsd: "0.1001", creditsPosted: 2, creditApplied: true });
  });

  it("are set by the admin alone, field by field, and a wrong one is refused before anything is written", async () => {
    const payer = await team();
    const update = async (billing: object) =>
      (await gateway.admin.data(UPDATE, { input: { id: payer.id, billing } })).updateTeam.billing;
    const standard = {
      mode: "JOB",
      creditsPerUsd: null,
      tokensPerCredit: null,
      markupPercent: "0",
      monthlyCredits: null,
      lowCreditsThresholds: [],
      unpaidCostUsdPerDay: null,
    };
    expect(await update({})).toEqual(standard);
    expect(await update({ mode: "USD", creditsPerUsd: "0.5" })).toEqual({
      ...standard,
      mode: "USD",
      creditsPerUsd: "0.5",
    });
    expect(await update({ markupPercent: "7.5", lowCreditsThresholds: [5, 50] })).toMatchObject({
      mode: "USD",
      creditsPerUsd: "0.5",
      markupPercent: "7.5",
      lowCreditsThresholds: [50, 5],
    });
    expect(await update({ mode: "TOKENS", tokensPerCredit: 9 })).toMatchObject({
      creditsPerUsd: null,
      tokensPerCredit: 9,
    });
    const wrong: [string, object][] = [
      ["creditsPerUsd", { mode: "USD" }],
      ["creditsPerUsd", { creditsPerUsd: "1" }],
      ["creditsPerUsd", { mode: "USD", creditsPerUsd: "0" }],
      ["tokensPerCredit", { tokensPerCredit: null }],
      ["tokensPerCredit", { tokensPerCredit: 0 }],
      ["tokensPerCredit", { mode: "JOB", tokensPerCredit: 5 }],
      ["markupPercent", { markupPercent: "-1" }],
      ["markupPercent", { markupPercent: "1.00001" }],
      ["monthlyCredits", { monthlyCredits: 0 }],
      ["lowCreditsThresholds", { lowCreditsThresholds: [1, 1] }],
      ["lowCreditsThresholds", { lowCreditsThresholds: [-1] }],
      ["unpaidCostUsdPerDay", { unpaidCostUsdPerDay: "-0.1" }],
    ];
    for (const [field, billing] of wrong) {
      const refusal = await gateway.admin.refusal("INVALID_INPUT", UPDATE, { input: { id: payer.id, billing } });
      expect(refusal.extensions.field, JSON.stringify(billing)).toBe(`input.billing.${field}`);
    }
    expect(await update({})).toMatchObject({ mode: "TOKENS", tokensPerCredit: 9, markupPercent: "7.5" });
    await payer.client.refusal("FORBIDDEN", UPDATE, { input: { id: payer.id, billing: {} } });
  });

  it("grant monthly credits on the first of a month, UTC, once, and from the next month on", async () => {
    const payer = await team({ credits: 1, billing: { monthlyCredits: 5 } });
    await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 1 });
    const now = clock.now();
    const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
    await clock.advance(first - now.getTime() - 1);
    await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 1 });
    await clock.advance(1);
    for (let count = 0; count < 3; count++) await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 6 });
    await clock.advance(32 * DAY_MS);
    await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 11 });
    await gateway.admin.data(UPDATE, { input: { id: payer.id, billing: { monthlyCredits: null } } });
    await clock.advance(32 * DAY_MS);
    await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 11 });
    await expectSound(payer);
  });

  it("complete a job once, however often it is asked for, whatever it costs", async () => {
    const payer = await team({ credits: 20, billing: { mode: "USD", creditsPerUsd: "10" } });
    const job = await payer.job();
    gateway.upstream.on(model, tokens(7_000));
    await job.call();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => payer.client.send(COMPLETE_JOB, { input: { jobId: job.id } })),
    );
    expect(new Set(answers.map(({ data }) => data?.completeJob.costs.creditsRemaining))).toEqual(new Set([13]));
    expect(await payer.credits()).toMatchObject({ used: 7 });
  });
});

interface Entry {
  readonly kind: string;
  readonly credits: number;
  readonly heldCredits: number;
}

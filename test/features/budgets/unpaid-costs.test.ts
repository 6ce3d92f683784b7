import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { expectSoundAudit, tokens, usePricedModel } from "../../kit/priced-model.js";
import { answer, error } from "../../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL, type TestJob } from "../../kit/world.js";

const DAY_MS = 86_400_000;

describe("a limit of unpaid cost", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });
  const priced = usePricedModel(gateway);

  const unpaid = async ({ id }: { readonly id: string }): Promise<string> =>
    (await gateway.admin.data("query ($id: ID!) { team(id: $id) { billing { unpaidCostUsdToday } } }", { id })).team
      .billing.unpaidCostUsdToday;

  it("refuses every call until midnight UTC, once jobs that ended unpaid have cost so much", async () => {
    const payer = await priced.team({ billing: { unpaidCostUsdPerDay: "0.1" } });
    gateway.upstream.on(priced.model, tokens(600));
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
    gateway.upstream.on(priced.model, error(400));
    for (let count = 0; count < 3; count++) await (await payer.job()).complete({ status: "FAILED" });
    await expectSoundAudit(gateway, payer);
  });

  it("counts what a job cost that expired", async () => {
    const payer = await priced.team({ billing: { unpaidCostUsdPerDay: "0.05" } });
    gateway.upstream.on(priced.model, tokens(600));
    const job = await payer.job();
    await job.call();
    await clock.advance(DAY_MS + 1);
    await runTasks(gateway.app);
    expect((await job.read()).status).toBe("EXPIRED");
    const next = await payer.job();
    await payer.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: next.callInput() });
  });

  it("also holds within one job that is called failed after twenty answers", async () => {
    const team = await priced.team({ billing: { unpaidCostUsdPerDay: "0.1" } });
    gateway.upstream.on(priced.model, tokens(600));
    const job = await team.job();
    let answered = 0;
    for (let count = 0; count < 20; count++) {
      const { data } = await team.client.send(RUN_LLM_CALL, { input: job.callInput() });
      if (data?.runLlmCall) answered += 1;
    }
    await job.complete({ status: "FAILED" });
    expect(await team.credits()).toMatchObject({ used: 0 });
    expect(answered * 0.06).toBeLessThan(0.2);
  });

  it("counts what completed jobs cost beyond the credits that there were, in jobs and in calls alone", async () => {
    const billing = { mode: "USD", creditsPerUsd: "10", unpaidCostUsdPerDay: "0.8" };
    const team = await priced.team({ credits: 1, billing });
    // 0.6 USD, which is 6 credits. The team has 1.
    gateway.upstream.on(priced.model, tokens(6_000));
    const job = await team.job();
    await job.call();
    await job.complete();
    expect(await unpaid(team)).toBe("0.5");
    const add = "mutation ($id: ID!) { addCredits(input: { teamId: $id, credits: 4 }) { id } }";
    await gateway.admin.data(add, { id: team.id });
    const alone = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] };
    await team.client.data(RUN_LLM_CALL, { input: alone });
    expect(await unpaid(team)).toBe("0.7");
    await gateway.admin.data(add, { id: team.id });
    gateway.upstream.on(priced.model, tokens(4_000));
    await (await team.job()).call();
    await team.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: alone });
    expect(await team.credits()).toMatchObject({ used: 5, held: 4, available: 0 });
    await expectSoundAudit(gateway, team);
  });

  it("needs models with a price, so that it can be counted", async () => {
    const unpriced = name("model");
    gateway.upstream.on(unpriced, answer());
    const team = await gateway.world.team({ models: [unpriced], billing: { unpaidCostUsdPerDay: "5" } });
    const refusal = await team.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, {
      input: (await team.job()).callInput(),
    });
    expect(refusal.message).toContain(`The model "${unpriced}" has no price`);
  });

  it("counts what all open jobs of the team have cost, so that none is spent up to the limit beside the others", async () => {
    const payer = await priced.team({ billing: { unpaidCostUsdPerDay: "0.1", markupPercent: "50" } });
    const stranger = await priced.team({ billing: { unpaidCostUsdPerDay: "0.1" } });
    gateway.upstream.on(priced.model, tokens(600));
    const ended = await payer.job();
    await ended.call();
    await ended.complete({ status: "FAILED" });
    const jobs = await Promise.all(Array.from({ length: 4 }, () => payer.job()));
    const [first, second] = jobs as [TestJob, TestJob];
    await first.call();
    for (const job of jobs) {
      const refusal = await payer.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: job.callInput() });
      // With the markup, as all costs that a team sees.
      expect(refusal.message).toMatch(
        /ended unpaid have cost 0\.09 USD today, and its open jobs 0\.09 USD so far\..*unpaidCostUsdPerDay/,
      );
      expect(refusal.extensions).toMatchObject({
        budget: "UNPAID_COST",
        teamId: payer.id,
        endedCostUsd: "0.09",
        openCostUsd: "0.09",
      });
    }
    await (await stranger.job()).call();
    // What is paid for does not count.
    await first.complete();
    await second.call();
    await payer.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: second.callInput() });
    await expectSoundAudit(gateway, payer);
  });
});

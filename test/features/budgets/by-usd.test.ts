import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { creditEntriesOf, expectSoundAudit, tokens, usePricedModel } from "../../kit/priced-model.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";
import { COMPLETE_JOB, name, RUN_LLM_CALL } from "../../kit/world.js";

const UPDATE = "mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { billing { mode } } }";

describe("a job that is billed by USD", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const priced = usePricedModel(gateway);
  const BY_USD = { mode: "USD", creditsPerUsd: "10" };

  it("holds what its calls have cost, and takes that when it completes, rounded up", async () => {
    const payer = await priced.team({ credits: 20, billing: BY_USD });
    const job = await payer.job();
    gateway.upstream.on(priced.model, tokens(2_500));
    await job.call();
    expect(await payer.credits()).toMatchObject({ held: 3, available: 17 });
    gateway.upstream.on(priced.model, tokens(1));
    await job.call();
    expect(await creditEntriesOf(job)).toEqual(["HOLD -1 1", "HOLD -2 2"]);
    const { costs } = await job.complete();
    expect(costs).toMatchObject({ totalCostUsd: "0.2501", creditApplied: true, creditsRemaining: 17 });
    expect(await creditEntriesOf(job)).toEqual(["HOLD -1 1", "HOLD -2 2", "POST 0 -3"]);
    expect(await payer.credits()).toEqual({ allocated: 20, used: 3, held: 0, remaining: 17, available: 17 });
    await expectSoundAudit(gateway, payer);
  });

  it("takes 1 at least, and exactly n for exactly n", async () => {
    const payer = await priced.team({ credits: 20, billing: BY_USD });
    await (await payer.job()).complete();
    expect(await payer.credits()).toMatchObject({ used: 1 });
    const job = await payer.job();
    gateway.upstream.on(priced.model, tokens(3_000));
    await job.call();
    await job.complete();
    expect(await payer.credits()).toMatchObject({ used: 4 });
    await expectSoundAudit(gateway, payer);
  });

  it("gives everything back if the job fails", async () => {
    const payer = await priced.team({ credits: 20, billing: BY_USD });
    const job = await payer.job();
    gateway.upstream.on(priced.model, tokens(5_000));
    await job.call();
    await job.complete({ status: "FAILED" });
    expect(await creditEntriesOf(job)).toEqual(["HOLD -1 1", "HOLD -4 4", "VOID 5 -5"]);
    expect(await payer.credits()).toMatchObject({ used: 0, available: 20 });
    await expectSoundAudit(gateway, payer);
  });

  it("refuses a call whose job cannot hold another credit, and lets it in when the team has one again", async () => {
    const payer = await priced.team({ credits: 2, billing: BY_USD });
    const job = await payer.job();
    gateway.upstream.on(priced.model, tokens(1_000));
    await job.call();
    await job.call();
    expect(await payer.credits()).toMatchObject({ held: 2, available: 0 });
    const refusal = await payer.client.refusal("INSUFFICIENT_CREDITS", RUN_LLM_CALL, { input: job.callInput() });
    expect(refusal.extensions).toMatchObject({ teamId: payer.id, needed: 1, available: 0 });
    await gateway.admin.data("mutation ($id: ID!) { addCredits(input: { teamId: $id, credits: 1 }) { id } }", {
      id: payer.id,
    });
    expect((await job.call()).status).toBe("SUCCEEDED");
    expect(await creditEntriesOf(job)).toEqual(["HOLD -1 1", "HOLD -1 1", "HOLD -1 1"]);
    await expectSoundAudit(gateway, payer);
  });

  it("charges what there is if the last call costs more than the team has", async () => {
    const payer = await priced.team({ credits: 3, billing: BY_USD });
    const job = await payer.job();
    gateway.upstream.on(priced.model, tokens(10_000));
    await job.call();
    expect(await payer.credits()).toMatchObject({ held: 3, available: 0 });
    await job.complete();
    expect(await payer.credits()).toMatchObject({ used: 3, held: 0, available: 0 });
    expect(await creditEntriesOf(job)).toEqual(["HOLD -1 1", "HOLD -2 2", "POST 0 -3"]);
    await expectSoundAudit(gateway, payer);
  });

  it("takes at the end what was not there when the call ended", async () => {
    const payer = await priced.team({ credits: 3, billing: BY_USD });
    const job = await payer.job();
    gateway.upstream.on(priced.model, tokens(10_000));
    await job.call();
    await gateway.admin.data("mutation ($id: ID!) { addCredits(input: { teamId: $id, credits: 30 }) { id } }", {
      id: payer.id,
    });
    await job.complete();
    expect(await creditEntriesOf(job)).toEqual(["HOLD -1 1", "HOLD -2 2", "POST -7 -3"]);
    expect(await payer.credits()).toMatchObject({ used: 10, available: 23 });
    await expectSoundAudit(gateway, payer);
  });

  it("is charged in the same way if a call opens it", async () => {
    const payer = await priced.team({ credits: 20, billing: BY_USD });
    gateway.upstream.on(priced.model, tokens(4_100));
    const input = { modelGroup: payer.modelGroup, messages: [{ role: "USER", content: "?" }] };
    await payer.client.data(RUN_LLM_CALL, { input });
    expect(await payer.credits()).toMatchObject({ used: 5, held: 0, available: 15 });
    await expectSoundAudit(gateway, payer);
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

  it("is billed as its team was billed when it opened", async () => {
    const payer = await priced.team({ credits: 20, billing: BY_USD });
    const job = await payer.job();
    await gateway.admin.data(UPDATE, { input: { id: payer.id, billing: { mode: "JOB" } } });
    const byJob = await payer.job();
    gateway.upstream.on(priced.model, tokens(5_000));
    await job.call();
    await byJob.call();
    await job.complete();
    await byJob.complete();
    expect(await payer.credits()).toMatchObject({ used: 6 });
    await expectSoundAudit(gateway, payer);
  });

  it("completes once, however often it is asked for, whatever it costs", async () => {
    const payer = await priced.team({ credits: 20, billing: { mode: "USD", creditsPerUsd: "10" } });
    const job = await payer.job();
    gateway.upstream.on(priced.model, tokens(7_000));
    await job.call();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => payer.client.send(COMPLETE_JOB, { input: { jobId: job.id } })),
    );
    expect(new Set(answers.map(({ data }) => data?.completeJob.costs.creditsRemaining))).toEqual(new Set([13]));
    expect(await payer.credits()).toMatchObject({ used: 7 });
  });
});

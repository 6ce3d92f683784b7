import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { tokens, usePricedModel } from "../../kit/priced-model.js";
import { useHeard } from "../../kit/webhooks/use-heard.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const clock = new FakeClock();
const gateway = useGateway({ clock, upstream: "scripted", env: { WEBHOOK_PRIVATE_NETWORKS: "allow" } });
const priced = usePricedModel(gateway);
const { hear, told, types } = useHeard(gateway);

describe("a budget that refuses", () => {
  it("is told of once for a key and its month, and for a job", async () => {
    const team = await priced.team({ credits: 20 });
    await hear(["BUDGET_EXCEEDED"], { teamId: team.id });
    const limit = "mutation ($input: UpdateVirtualKeyInput!) { updateVirtualKey(input: $input) { id } }";
    const jobAllowance = { jobs: 1, period: "MONTH" };
    await gateway.admin.data(limit, { input: { id: team.keyId, jobAllowance } });
    const job = await team.job("test", { maxTokens: 10 });
    const open = 'mutation { createJob(input: { jobType: "x" }) { id } }';
    for (let tries = 0; tries < 3; tries++) await team.client.refusal("BUDGET_EXCEEDED", open);
    gateway.upstream.on(priced.model, tokens(1_000));
    await job.call();
    const call = "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { id } }";
    for (let tries = 0; tries < 3; tries++)
      await team.client.refusal("BUDGET_EXCEEDED", call, { input: job.callInput() });
    await told();
    await team.client.refusal("BUDGET_EXCEEDED", open);
    const month = clock.now().toISOString().slice(0, 7);
    expect(await told()).toEqual([
      [
        "budget.exceeded",
        { budget: "job_allowance", team_id: team.id, key_id: team.keyId, job_id: null, period: month },
      ],
      ["budget.exceeded", { budget: "job_tokens", team_id: team.id, key_id: null, job_id: job.id, period: null }],
    ]);
  });

  it("is told of once in a month of 31 days, and again in the next", async () => {
    const team = await gateway.world.team();
    await hear(["BUDGET_EXCEEDED"], { teamId: team.id });
    const limit = "mutation ($input: UpdateVirtualKeyInput!) { updateVirtualKey(input: $input) { id } }";
    await gateway.admin.data(limit, { input: { id: team.keyId, jobAllowance: { jobs: 1, period: "MONTH" } } });
    const open = 'mutation { createJob(input: { jobType: "x" }) { id } }';
    const now = clock.now();
    const firstOfMonth = (later: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + later);
    let month = 1;
    while (firstOfMonth(month + 1) - firstOfMonth(month) < 31 * DAY_MS) month++;
    await clock.advance(firstOfMonth(month) - now.getTime());
    await (await team.job()).complete();
    await team.client.refusal("BUDGET_EXCEEDED", open);
    expect(await types()).toEqual(["budget.exceeded"]);
    await clock.advance(31 * DAY_MS - HOUR_MS);
    // What is old is forgotten before the budget refuses again.
    await runTasks(gateway.app);
    await team.client.refusal("BUDGET_EXCEEDED", open);
    expect(await types()).toEqual(["budget.exceeded"]);
    await clock.advance(2 * HOUR_MS);
    await (await team.job()).complete();
    await team.client.refusal("BUDGET_EXCEEDED", open);
    expect(await types()).toEqual(["budget.exceeded", "budget.exceeded"]);
  });

  it("is told of once a day for a team", async () => {
    const team = await priced.team({ credits: 20, billing: { unpaidCostUsdPerDay: "0" } });
    await hear(["BUDGET_EXCEEDED"], { teamId: team.id });
    const call = "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { id } }";
    const job = await team.job();
    const refused = () => team.client.refusal("BUDGET_EXCEEDED", call, { input: job.callInput() });
    await refused();
    await refused();
    const today = clock.now().toISOString().slice(0, 10);
    const data = { budget: "unpaid_cost", team_id: team.id, key_id: null, job_id: null, period: today };
    expect(await told()).toEqual([["budget.exceeded", data]]);
    await clock.advance(DAY_MS - HOUR_MS);
    await refused();
    expect(await types()).toHaveLength(2);
  });
});

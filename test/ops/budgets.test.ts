import { describe, expect, it } from "vitest";
import { Metrics } from "../kit/clients/metrics.js";
import { ADMIN_KEY, useGateway } from "../kit/gateway/gateway.js";
import { LogLines, REQUEST } from "../kit/log-lines.js";
import { tokens, usePricedModel } from "../kit/priced-model.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { CREATE_JOB, RUN_LLM_CALL, type TestTeam } from "../kit/world.js";

const lines = new LogLines("info");
const gateway = useGateway({ upstream: "scripted", log: lines.log });
const priced = usePricedModel(gateway);

const refused = async (labels: Record<string, string>) =>
  (await Metrics.of(gateway.url, ADMIN_KEY)).sum("tollgate_budget_refusals_total", labels);

/** Asks for a call that opens its own job, by REST and by OpenAI's door, and returns the bodies of both refusals. */
async function refusalsOf(team: TestTeam): Promise<{ rest: object; openai: { error: object } }> {
  const headers = { authorization: `Bearer ${team.secret}`, "content-type": "application/json" };
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`${gateway.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(403);
    return (await answer.json()) as never;
  };
  const messages = [{ role: "user", content: "?" }];
  return {
    rest: await ask("/api/jobs/create-and-call", { job_type: "test", model_group: team.modelGroup, messages }),
    openai: await ask("/v1/chat/completions", { model: team.modelGroup, messages }),
  };
}

describe("which budget refuses is told", () => {
  const alone = ({ modelGroup }: TestTeam) => ({ modelGroup, messages: [{ role: "USER", content: "?" }] });

  it("at every door, in the metrics and in the log, if it is the limit of unpaid cost", async () => {
    const team = await priced.team({ billing: { unpaidCostUsdPerDay: "0" } });
    const { extensions } = await team.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: alone(team) });
    expect(extensions.budget).toBe("UNPAID_COST");
    const { rest, openai } = await refusalsOf(team);
    expect(rest).toMatchObject({ budget: "unpaid_cost" });
    expect(openai.error).toMatchObject({ code: "budget_exceeded", budget: "unpaid_cost" });
    expect(await refused({ budget: "unpaid_cost", enforced: "true" })).toBe(3);
    await lines.until(({ door, budget }) => door === "openai" && budget === "UNPAID_COST");
    const told = lines.of(REQUEST).filter(({ teamId, budget }) => teamId === team.id && budget === "UNPAID_COST");
    expect(told.map(({ door }) => door)).toEqual(["graphql", "rest", "openai"]);

    await gateway.admin.data("mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { id } }", {
      input: { id: team.id, billing: { isUnpaidCostEnforced: false } },
    });
    gateway.upstream.on(priced.model, tokens(1));
    await team.client.data(RUN_LLM_CALL, { input: alone(team) });
    expect(await refused({ budget: "unpaid_cost", enforced: "false" })).toBe(1);
    expect(await refused({ budget: "unpaid_cost", enforced: "true" })).toBe(3);
  });

  it("if it is a job's own limit, before a call and in the midst of one", async () => {
    const team = await priced.team();
    gateway.upstream.on(priced.model, tokens(600));
    for (const [limit, budget] of [
      [{ maxTokens: 500 }, "JOB_TOKENS"],
      [{ maxCostUsd: "0.05" }, "JOB_COST"],
    ] as const) {
      const job = await team.job("test", limit);
      await job.call();
      const { extensions } = await team.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, { input: job.callInput() });
      expect(extensions.budget).toBe(budget);
      expect(await refused({ budget: budget.toLowerCase() })).toBe(1);
    }
    const stream = heldStream();
    gateway.upstream.on(priced.model, stream);
    const job = await team.job("test", { maxTokens: 40 });
    const events = gateway.socket(team.secret).stream(job.callInput());
    await stream.arrived;
    stream.text("x".repeat(400));
    expect((await events.rest()).at(-1).call).toMatchObject({ error: { code: "BUDGET_EXCEEDED" } });
    expect(await refused({ budget: "job_tokens", enforced: "true" })).toBe(2);
  });

  it("if it is the allowance of a key, or credits, and a request that is repeated is refused no second time", async () => {
    const team = await gateway.world.team({ credits: 2 });
    const update = "mutation ($input: UpdateVirtualKeyInput!) { updateVirtualKey(input: $input) { id } }";
    const allow = (jobs: number) =>
      gateway.admin.data(update, { input: { id: team.keyId, jobAllowance: { jobs, period: "TOTAL" } } });
    await allow(1);
    const input = { jobType: "test", idempotencyKey: "once" };
    for (let again = 0; again < 3; again++) await team.client.data(CREATE_JOB, { input });
    expect(await refused({ budget: "job_allowance" })).toBe(0);
    const { extensions } = await team.client.refusal("BUDGET_EXCEEDED", CREATE_JOB, { input: { jobType: "test" } });
    expect(extensions).toMatchObject({ budget: "JOB_ALLOWANCE", of: "KEY" });
    expect(await refused({ budget: "job_allowance", enforced: "true" })).toBe(1);
    await allow(9);
    await team.job();
    await team.client.refusal("INSUFFICIENT_CREDITS", CREATE_JOB, { input: { jobType: "test" } });
    expect(await refused({ budget: "credits", enforced: "true" })).toBe(1);
  });
});

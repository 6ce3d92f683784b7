import { describe, expect, it } from "vitest";
import { attemptsOf } from "../../kit/attempts.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";

const LARGE = 1_200_000_000;
const SAFE_MAX = Number.MAX_SAFE_INTEGER;
const USAGE = { promptTokens: LARGE, completionTokens: 1, totalTokens: LARGE + 1 };
const READ = `query ($id: ID!) { job(id: $id) { costs { totalTokens }
  llmCalls { nodes { usage { promptTokens completionTokens totalTokens } attempts { usage { promptTokens } } } } } }`;

const using = (promptTokens: number, completionTokens = 1) =>
  answer({ usage: { prompt_tokens: promptTokens, completion_tokens: completionTokens } });

describe("numbers of tokens above 2^31", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const { jobWith, price } = attemptsOf(gateway);

  it("are stored, listed and summed up at every door", async () => {
    const { job } = await jobWith(using(LARGE));
    const rest = gateway.rest(job.team.secret);
    expect((await job.call()).usage).toMatchObject(USAGE);
    const body = { model_group: job.team.modelGroup, messages: [{ role: "user", content: "Hello" }] };
    const { metadata } = await rest.ok("POST", `/api/jobs/${job.id}/llm-call`, body);
    expect(metadata.tokens_used).toBe(LARGE + 1);
    const sum = { promptTokens: 2 * LARGE, completionTokens: 2, totalTokens: 2 * LARGE + 2 };
    const read = (await job.team.client.data(READ, { id: job.id })).job;
    const node = { usage: USAGE, attempts: [{ usage: { promptTokens: LARGE } }] };
    expect(read).toEqual({ costs: { totalTokens: sum.totalTokens }, llmCalls: { nodes: [node, node] } });
    expect(await job.complete()).toMatchObject({
      job: { status: "COMPLETED" },
      costs: { ...sum, creditApplied: true },
    });
    expect((await rest.ok("GET", `/api/jobs/${job.id}/costs`)).costs.total_tokens).toBe(sum.totalTokens);
    const { calls } = await rest.ok("POST", `/api/jobs/${job.id}/complete`, { status: "completed" });
    expect(calls.map((call: { tokens: number }) => call.tokens)).toEqual([LARGE + 1, LARGE + 1]);
  });

  it("are believed up to 10^12 for one answer", async () => {
    const { job } = await jobWith([using(1e12), using(1e12 + 1)]);
    expect((await job.call()).usage).toMatchObject({ promptTokens: 1e12, source: "REPORTED" });
    expect((await job.call()).usage).toMatchObject({ source: "UNKNOWN" });
  });

  it("stay at the limits of their sums, so that the job can still be completed", async () => {
    const { job, models } = await jobWith(using(1e9, 1e9));
    await price(models[0], "1");
    const data = {
      promptTokens: SAFE_MAX - 1,
      completionTokens: SAFE_MAX,
      costNanoUsd: 2n ** 63n - 1n,
      costDigits: 19,
    };
    await gateway.database.db.job.update({ where: { id: job.id }, data });
    expect((await job.call()).costUsd).toBe("2000");
    const { costs } = await job.complete();
    expect(costs).toMatchObject({ promptTokens: SAFE_MAX, completionTokens: SAFE_MAX, totalTokens: SAFE_MAX });
    expect(costs.totalCostUsd).toBe("9223372036.854775807");
  });

  it("do not make a cost of more than a million dollars: such a call is unpriced", async () => {
    const { job, models } = await jobWith(using(1e12));
    await price(models[0], "10000");
    expect(await job.call()).toMatchObject({ costUsd: null, costSource: "UNPRICED" });
    expect((await job.complete()).costs).toMatchObject({ unpricedCalls: 1, totalCostUsd: "0" });
  });

  it("may be a seed", async () => {
    const { job, models } = await jobWith(using(1));
    for (const seed of [2 ** 40, -SAFE_MAX]) await job.call({ seed });
    const asked = gateway.upstream.requests.filter(({ body }) => body.model === models[0]);
    expect(asked.map(({ body }) => body.seed)).toEqual([2 ** 40, -SAFE_MAX]);
  });
});

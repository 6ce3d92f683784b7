import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { tokens, usePricedModel } from "../../kit/priced-model.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { CREATE_JOB, RUN_LLM_CALL } from "../../kit/world.js";

describe("the limits of a job itself", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const priced = usePricedModel(gateway);

  it("refuse a call that would begin beyond them", async () => {
    const payer = await priced.team();
    gateway.upstream.on(priced.model, tokens(600));
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
    const payer = await priced.team();
    const job = await payer.job("test", limit);
    const stream = heldStream();
    gateway.upstream.on(priced.model, stream);
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
    const payer = await priced.team();
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

import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { hang, held } from "../../kit/upstream/upstream-behaviours.js";
import { COMPLETE_JOB, CREATE_JOB, RUN_LLM_CALL, type TestJob } from "../../kit/world.js";

describe("a job", () => {
  const gateway = useGateway({ upstream: "scripted" });

  it("holds one credit while it is open", async () => {
    const team = await gateway.world.team({ credits: 2 });
    const job = await team.job();
    expect(await team.credits()).toEqual({ allocated: 2, used: 0, held: 1, remaining: 2, available: 1 });
    expect((await job.read()).costs).toMatchObject({
      totalCalls: 0,
      avgLatencyMs: 0,
      creditApplied: false,
      creditsRemaining: 2,
      totalCostUsd: "0",
    });
  });

  it("is refused if no credit is available, and then nothing is written", async () => {
    const team = await gateway.world.team({ credits: 1 });
    await team.job();
    const error = await team.client.refusal("INSUFFICIENT_CREDITS", CREATE_JOB, { input: { jobType: "second" } });
    expect(error.extensions).toMatchObject({ status: 403, retryable: false, needed: 1, available: 0 });
    const { jobs } = await team.client.data("{ jobs { totalCount } }");
    expect(jobs.totalCount).toBe(1);
  });

  it("takes its credit when it completes, even without a call", async () => {
    const team = await gateway.world.team({ credits: 2 });
    const job = await team.job();
    const { costs, job: ended } = await job.complete();
    expect(ended).toMatchObject({ status: "COMPLETED", startedAt: null });
    expect(costs).toMatchObject({ creditApplied: true, creditsRemaining: 1, totalCalls: 0, avgLatencyMs: 0 });
    expect(await team.credits()).toEqual({ allocated: 2, used: 1, held: 0, remaining: 1, available: 1 });
  });

  it.each(["FAILED", "CANCELLED"])("is free when it ends as %s", async (status) => {
    const team = await gateway.world.team({ credits: 1 });
    const job = await team.job();
    const { costs, job: ended } = await job.complete({
      status,
      errorMessage: "It did not work out.",
      metadata: { step: 2 },
    });
    expect(ended).toMatchObject({ status, errorMessage: "It did not work out.", metadata: { step: 2 } });
    expect(costs).toMatchObject({ creditApplied: false, creditsRemaining: 1 });
    expect(await team.credits()).toMatchObject({ used: 0, held: 0, available: 1 });
  });

  it("answers a repeated completion with the first summary and takes no second credit", async () => {
    const team = await gateway.world.team({ credits: 5 });
    const job = await team.job();
    await job.call();
    const first = await job.complete({ metadata: { kept: true } });
    await team.job(); // What remains changes; the stored summary does not.
    const again = await job.complete({ metadata: { ignored: true }, errorMessage: "ignored" });
    expect(again).toEqual(first);
    expect(first.job.metadata).toEqual({ kept: true });
    expect(await team.credits()).toMatchObject({ used: 1 });
  });

  it("cannot end in another way once it has ended", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    await job.complete({ status: "FAILED" });
    const error = await team.client.refusal("INVALID_STATE", COMPLETE_JOB, { input: { jobId: job.id } });
    expect(error.extensions).toMatchObject({ status: 409, retryable: false });
    expect(error.message).toBe("The job is FAILED.");
    expect(await team.credits()).toMatchObject({ used: 0, held: 0 });
  });

  it("takes no call once it has ended", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    await job.complete();
    await team.client.refusal("INVALID_STATE", RUN_LLM_CALL, { input: job.callInput() });
    const { job: read } = await team.client.data(`query ($id: ID!) { job(id: $id) { llmCalls { totalCount } } }`, {
      id: job.id,
    });
    expect(read.llmCalls.totalCount).toBe(0);
  });

  it("merges metadata name by name while it is open, and refuses to once it has ended", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const update = `mutation ($id: ID!, $metadata: JSONObject!) { updateJobMetadata(jobId: $id, metadata: $metadata) { metadata } }`;
    await team.client.data(update, { id: job.id, metadata: { a: { deep: 1, gone: 2 }, b: 1 } });
    const { updateJobMetadata } = await team.client.data(update, { id: job.id, metadata: { a: { deep: 3 }, c: null } });
    expect(updateJobMetadata.metadata).toEqual({ a: { deep: 3 }, b: 1, c: null });
    await team.client.refusal("INVALID_INPUT", update, { id: job.id, metadata: { more: "x".repeat(16_350) } });
    await job.complete();
    await team.client.refusal("INVALID_STATE", update, { id: job.id, metadata: { late: true } });
    expect((await job.read()).metadata).toEqual({ a: { deep: 3 }, b: 1, c: null });
  });

  it("is not completed while a call runs, and names the call", async () => {
    const { job, release, call } = await jobWithRunningCall();
    const error = await job.team.client.refusal("CALLS_RUNNING", COMPLETE_JOB, { input: { jobId: job.id } });
    expect(error.extensions).toMatchObject({ status: 409, retryable: true });
    const { job: read } = await job.team.client.data(
      `query ($id: ID!) { job(id: $id) { status costs { runningCalls } llmCalls { nodes { id status model provider } } } }`,
      { id: job.id },
    );
    expect(read).toMatchObject({ status: "IN_PROGRESS", costs: { runningCalls: 1 } });
    expect(read.llmCalls.nodes).toEqual([
      { id: String(error.extensions.callIds), status: "RUNNING", model: "held-model", provider: "openai-compatible" },
    ]);
    release();
    expect(await call).toMatchObject({ status: "SUCCEEDED" });
    await job.complete();
  });

  it("cancels its running call when it is closed as CANCELLED, and waits for it to settle", async () => {
    const behaviour = hang();
    gateway.upstream.on("hanging-model", behaviour);
    const job = await (await gateway.world.team({ models: ["hanging-model"] })).job();
    const call = job.call();
    await behaviour.arrived;
    const { costs, job: ended } = await job.complete({ status: "CANCELLED" });
    expect(ended.status).toBe("CANCELLED");
    expect(costs).toMatchObject({
      totalCalls: 1,
      cancelledCalls: 1,
      runningCalls: 0,
      estimatedCalls: 1,
      unknownUsageCalls: 0,
      creditApplied: false,
    });
    expect(await call).toMatchObject({
      status: "CANCELLED",
      error: { code: "CANCELLED", message: "The call was cancelled: its job was closed as CANCELLED." },
      // The model had begun to work on the prompt.
      usage: { completionTokens: 0, source: "ESTIMATED" },
      costUsd: null,
    });
    await behaviour.closed;
  });

  it("may be closed by the admin as FAILED, but not as COMPLETED", async () => {
    const team = await gateway.world.team({ credits: 1 });
    const job = await team.job();
    await gateway.admin.refusal("FORBIDDEN", COMPLETE_JOB, { input: { jobId: job.id } });
    const { completeJob } = await gateway.admin.data(COMPLETE_JOB, { input: { jobId: job.id, status: "FAILED" } });
    expect(completeJob.job.status).toBe("FAILED");
    const { team: read } = await gateway.admin.data(
      `query ($id: ID!) { team(id: $id) { creditEntries { nodes { kind actor job { id } } } } }`,
      { id: team.id },
    );
    expect(read.creditEntries.nodes[0]).toEqual({ kind: "VOID", actor: "admin", job: { id: job.id } });
  });

  it("takes at most JOB_MAX_CALLS calls", async () => {
    const limits = gateway.app.config.jobs;
    expect(limits.maxCalls).toBe(1_000);
    const job = await (await gateway.world.team()).job();
    await gateway.database.db.job.update({
      where: { id: job.id },
      data: {
        status: "IN_PROGRESS",
        startedAt: new Date(),
        totalCalls: limits.maxCalls,
        successfulCalls: limits.maxCalls,
      },
    });
    const error = await job.team.client.refusal("INVALID_STATE", RUN_LLM_CALL, { input: job.callInput() });
    expect(error.message).toBe("The job has 1000 calls, which is the most it may have.");
  });

  async function jobWithRunningCall(): Promise<{ job: TestJob; release: () => void; call: Promise<unknown> }> {
    const behaviour = held();
    gateway.upstream.on("held-model", behaviour);
    const job = await (await gateway.world.team({ models: ["held-model"] })).job();
    const call = job.call();
    await behaviour.arrived;
    return { job, call, release: () => behaviour.release() };
  }
});

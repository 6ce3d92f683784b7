import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/clock.js";
import { useGateway } from "../../kit/gateway.js";
import { hang, held } from "../../kit/upstream-behaviours.js";
import { COMPLETE_JOB, name, RUN_LLM_CALL } from "../../kit/world.js";

const HOUR = 3_600_000;

describe("the sweep", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });
  const sweep = () => gateway.server.background.runAllNow();

  it("expires a job in which nothing has happened for 24 hours, and gives its credit back", async () => {
    const team = await gateway.world.team({ credits: 1 });
    const job = await team.job();
    clock.advance(24 * HOUR - 1);
    await sweep();
    expect((await job.read()).status).toBe("PENDING");
    clock.advance(1);
    await team.client.refusal("INVALID_STATE", RUN_LLM_CALL, { input: job.callInput() });
    await team.client.refusal("INVALID_STATE", COMPLETE_JOB, { input: { jobId: job.id } });
    await sweep();
    expect(await job.read()).toMatchObject({
      status: "EXPIRED",
      expiresAt: null,
      costs: { creditApplied: false, creditsRemaining: 1 },
    });
    expect(await team.credits()).toMatchObject({ held: 0, available: 1 });
    await team.client.refusal("INVALID_STATE", COMPLETE_JOB, { input: { jobId: job.id } });
  });

  it("lets a job live on with each call, for 7 days at most", async () => {
    const job = await (await gateway.world.team()).job();
    const { createdAt } = await job.read();
    for (let day = 0; day < 6; day++) {
      clock.advance(23 * HOUR);
      await job.call();
      await sweep();
    }
    clock.advance(23 * HOUR);
    await job.call();
    expect(await job.read()).toMatchObject({
      status: "IN_PROGRESS",
      expiresAt: new Date(Date.parse(createdAt) + 168 * HOUR).toISOString(),
    });
    clock.advance(7 * HOUR);
    await sweep();
    expect((await job.read()).status).toBe("EXPIRED");
  });

  it("cancels what runs in a job whose time runs out, before it expires it", async () => {
    const behaviour = hang();
    const model = name("model");
    gateway.upstream.on(model, behaviour);
    const job = await (await gateway.world.team({ models: [model] })).job();
    const call = job.call();
    await behaviour.arrived;
    clock.advance(24 * HOUR);
    // Renewed in the same round, so that only the job's time is what has run out.
    await sweep();
    expect(await call).toMatchObject({
      status: "CANCELLED",
      error: { code: "CANCELLED", message: "The call was cancelled: its job ran out of time." },
    });
    await behaviour.closed;
    expect(await job.read()).toMatchObject({
      status: "EXPIRED",
      costs: { totalCalls: 1, cancelledCalls: 1, runningCalls: 0 },
    });
  });

  it("settles the call of a process that died, and its job can then be completed", async () => {
    const job = await (await gateway.world.team()).job();
    const call = await orphanOf(job.id);
    await job.team.client.refusal("CALLS_RUNNING", COMPLETE_JOB, { input: { jobId: job.id } });
    clock.advance(30_001);
    await sweep();
    const { llmCall } = await job.team.client.data(
      `query ($id: ID!) { llmCall(id: $id) { status error { code } usage { source } latencyMs } }`,
      { id: call },
    );
    expect(llmCall).toEqual({
      status: "FAILED",
      error: { code: "GATEWAY_RESTARTED" },
      usage: { source: "UNKNOWN" },
      latencyMs: 30_001,
    });
    expect((await job.complete()).costs).toMatchObject({ failedCalls: 1, runningCalls: 0, unknownUsageCalls: 1 });
  });

  it("leaves a call alone whose process renews its lease", async () => {
    const behaviour = held();
    const model = name("model");
    gateway.upstream.on(model, behaviour);
    const job = await (await gateway.world.team({ models: [model] })).job();
    const call = job.call();
    await behaviour.arrived;
    for (let count = 0; count < 5; count++) {
      clock.advance(20_000);
      await sweep();
    }
    behaviour.release();
    expect(await call).toMatchObject({ status: "SUCCEEDED", latencyMs: 100_000 });
  });

  it("finishes the closing of a job that a crash cut short", async () => {
    const team = await gateway.world.team({ credits: 1 });
    const job = await team.job();
    await gateway.database.db.job.update({ where: { id: job.id }, data: { closingAs: "CANCELLED" } });
    await team.client.refusal("INVALID_STATE", RUN_LLM_CALL, { input: job.callInput() });
    await sweep();
    expect((await job.read()).status).toBe("CANCELLED");
    expect(await team.credits()).toMatchObject({ held: 0, available: 1 });
  });

  it("forgets the content of calls after 30 days and keeps their figures", async () => {
    const job = await (await gateway.world.team()).job();
    const { id } = await job.call();
    await job.complete();
    clock.advance(30 * 24 * HOUR + 1);
    await sweep();
    const { llmCall } = await job.team.client.data(
      `query ($id: ID!) { llmCall(id: $id) { status content usage { totalTokens } } }`,
      { id },
    );
    expect(llmCall).toEqual({ status: "SUCCEEDED", content: null, usage: { totalTokens: 18 } });
  });

  /** What a process leaves behind that is killed while a call runs. */
  async function orphanOf(jobId: string): Promise<string> {
    const { db } = gateway.database;
    const now = clock.now();
    await db.job.update({
      where: { id: jobId },
      data: { status: "IN_PROGRESS", startedAt: now, totalCalls: 1, runningCalls: 1 },
    });
    const id = crypto.randomUUID();
    const leaseUntil = new Date(now.getTime() + gateway.app.config.calls.leaseMs);
    await db.llmCall.create({
      data: { id, jobId, modelGroup: "gone", model: "gone", provider: "gone", createdAt: now, leaseUntil },
    });
    return id;
  }
});

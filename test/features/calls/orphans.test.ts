import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { held } from "../../kit/upstream/upstream-behaviours.js";
import { COMPLETE_JOB, name } from "../../kit/world.js";

describe("an orphaned call", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });

  it("is settled after its process died, and its job can then be completed", async () => {
    const job = await (await gateway.world.team()).job();
    const call = await orphanOf(job.id);
    await job.team.client.refusal("CALLS_RUNNING", COMPLETE_JOB, { input: { jobId: job.id } });
    await clock.advance(30_001);
    await runTasks(gateway.app);
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

  it("is settled also if nobody did so for longer than its latency can say", async () => {
    const job = await (await gateway.world.team()).job();
    const id = await orphanOf(job.id);
    await clock.advance(60 * 24 * 3_600_000);
    await runTasks(gateway.app);
    const { llmCall } = await job.team.client.data("query ($id: ID!) { llmCall(id: $id) { status latencyMs } }", {
      id,
    });
    expect(llmCall).toEqual({ status: "FAILED", latencyMs: 2 ** 31 - 1 });
  });

  it("is looked for again when the next lease runs out", async () => {
    const job = await (await gateway.world.team()).job();
    const id = await orphanOf(job.id);
    const settle = gateway.app.tasks.find((task) => task.name === "settle orphans");
    const status = () => gateway.database.db.llmCall.findUniqueOrThrow({ where: { id }, select: { status: true } });
    expect(await settle?.run()).toBe("done");
    await clock.advance(26_500);
    expect(await settle?.run()).toEqual({ nextMs: 3_500 });
    expect(await status()).toEqual({ status: "RUNNING" });
    await clock.advance(3_500);
    expect(await settle?.run()).toBe("done");
    expect(await status()).toEqual({ status: "FAILED" });
  });

  it("is not seen in a call whose process renews its lease", async () => {
    const behaviour = held();
    const model = name("model");
    gateway.upstream.on(model, behaviour);
    const job = await (await gateway.world.team({ models: [model] })).job();
    const call = job.call();
    await behaviour.arrived;
    for (let count = 0; count < 5; count++) {
      await clock.advance(20_000);
      await runTasks(gateway.app);
    }
    behaviour.release();
    expect(await call).toMatchObject({ status: "SUCCEEDED", latencyMs: 100_000 });
  });

  it("is not seen in a call of this process, also if the database's clock has jumped past its lease", async () => {
    const behaviour = held();
    const model = name("model");
    gateway.upstream.on(model, behaviour);
    const job = await (await gateway.world.team({ models: [model] })).job();
    const call = job.call();
    await behaviour.arrived;
    await clock.advance(40_000);
    await gateway.app.tasks.find((task) => task.name === "settle orphans")?.run();
    behaviour.release();
    expect(await call).toMatchObject({ status: "SUCCEEDED" });
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

import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { hang } from "../../kit/upstream/upstream-behaviours.js";
import { COMPLETE_JOB, name, RUN_LLM_CALL } from "../../kit/world.js";

const HOUR = 3_600_000;

describe("the time of a job", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });

  it("ends after 24 hours in which nothing has happened, and its credit is given back", async () => {
    const team = await gateway.world.team({ credits: 1 });
    const job = await team.job();
    await clock.advance(24 * HOUR - 1);
    await runTasks(gateway.app);
    expect((await job.read()).status).toBe("PENDING");
    await clock.advance(1);
    await team.client.refusal("INVALID_STATE", RUN_LLM_CALL, { input: job.callInput() });
    await team.client.refusal("INVALID_STATE", COMPLETE_JOB, { input: { jobId: job.id } });
    await runTasks(gateway.app);
    expect(await job.read()).toMatchObject({
      status: "EXPIRED",
      expiresAt: null,
      costs: { creditApplied: false, creditsRemaining: 1 },
    });
    expect(await team.credits()).toMatchObject({ held: 0, available: 1 });
    await team.client.refusal("INVALID_STATE", COMPLETE_JOB, { input: { jobId: job.id } });
  });

  it("is prolonged by each call, up to 7 days", async () => {
    const job = await (await gateway.world.team()).job();
    const { createdAt } = await job.read();
    for (let day = 0; day < 6; day++) {
      await clock.advance(23 * HOUR);
      await job.call();
      await runTasks(gateway.app);
    }
    await clock.advance(23 * HOUR);
    await job.call();
    expect(await job.read()).toMatchObject({
      status: "IN_PROGRESS",
      expiresAt: new Date(Date.parse(createdAt) + 168 * HOUR).toISOString(),
    });
    await clock.advance(7 * HOUR);
    await runTasks(gateway.app);
    expect((await job.read()).status).toBe("EXPIRED");
  });

  it("ends what runs in the job, before the job expires", async () => {
    const behaviour = hang();
    const model = name("model");
    gateway.upstream.on(model, behaviour);
    const job = await (await gateway.world.team({ models: [model] })).job();
    const call = job.call();
    await behaviour.arrived;
    await clock.advance(24 * HOUR);
    // Renewed in the same round, so that only the job's time is what has run out.
    await runTasks(gateway.app);
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

  it("ends with the closing that a crash cut short", async () => {
    const team = await gateway.world.team({ credits: 1 });
    const job = await team.job();
    await gateway.database.db.job.update({ where: { id: job.id }, data: { closingAs: "CANCELLED" } });
    await team.client.refusal("INVALID_STATE", RUN_LLM_CALL, { input: job.callInput() });
    await runTasks(gateway.app);
    expect((await job.read()).status).toBe("CANCELLED");
    expect(await team.credits()).toMatchObject({ held: 0, available: 1 });
  });

  it("ends although another job cannot be ended", async () => {
    const job = await (await gateway.world.team()).job();
    const closing = { closingAs: "FAILED", expiresAt: new Date(0) } as const;
    const { db } = gateway.database;
    const columns = { id: crypto.randomUUID(), teamId: job.team.id, jobType: "without a hold", createdAt: new Date(0) };
    await db.job.create({ data: { ...columns, ...closing } });
    await db.job.update({ where: { id: job.id }, data: { closingAs: "FAILED" } });
    await expect(runTasks(gateway.app)).rejects.toThrow("1 of");
    expect((await job.read()).status).toBe("FAILED");
    await db.job.delete({ where: { id: columns.id } });
  });
});

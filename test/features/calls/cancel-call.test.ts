import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import { type Behaviour, held } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { CANCEL_LLM_CALL, RUN_LLM_CALL, START_LLM_CALL, type TestJob } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const jobWith = (...behaviours: Behaviour[]) => scriptedJob(gateway, ...behaviours);
const socketOf = (job: TestJob) => gateway.socket(job.team.secret);

describe("cancelLlmCall", () => {
  it("closes the upstream's connection and settles what came; the first settlement wins", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const { client } = job.team;
    const { startLlmCall } = await client.data(START_LLM_CALL, { input: job.callInput() });
    expect(startLlmCall).toMatchObject({ status: "RUNNING", usage: null, finishedAt: null });
    const events = socketOf(job).follow(startLlmCall.id);
    await upstream.arrived;
    upstream.text("Once upon a");
    await events.until("LlmCallDelta");
    const { cancelLlmCall } = await client.data(CANCEL_LLM_CALL, { id: startLlmCall.id });
    await upstream.closed;
    expect((await upstream.arrived).aborted).toBe(true);
    expect(cancelLlmCall).toMatchObject({
      status: "CANCELLED",
      content: "Once upon a",
      error: { code: "CANCELLED" },
      usage: { completionTokens: 3, source: "ESTIMATED" },
    });
    expect((await events.until("LlmCallFinished")).call).toMatchObject({ status: "CANCELLED" });
    const again = await client.data(CANCEL_LLM_CALL, { id: startLlmCall.id });
    expect(again.cancelLlmCall).toEqual(cancelLlmCall);
    expect((await job.complete()).costs).toMatchObject({ cancelledCalls: 1, runningCalls: 0, creditApplied: true });
  });

  it("completes a job of one call if an answer had begun, and otherwise fails it", async () => {
    for (const [began, status] of [
      [true, "COMPLETED"],
      [false, "FAILED"],
    ] as const) {
      const upstream = heldStream();
      const job = await jobWith(upstream);
      const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input: job.callInput({ jobId: null }) });
      const events = socketOf(job).follow(startLlmCall.id);
      await upstream.arrived;
      if (began) {
        upstream.text("Once");
        await events.until("LlmCallDelta");
      }
      const { cancelLlmCall } = await job.team.client.data(CANCEL_LLM_CALL, { id: startLlmCall.id });
      expect(cancelLlmCall.job.status).toBe(status);
    }
  });

  it("may be used by the admin too, and not by another team", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input: job.callInput() });
    await upstream.arrived;
    const { client } = await gateway.world.team();
    const refusal = await client.refusal("NOT_FOUND", CANCEL_LLM_CALL, { id: startLlmCall.id });
    expect(refusal.message).toBe(`There is no call "${startLlmCall.id}".`);
    const { cancelLlmCall } = await gateway.admin.data(CANCEL_LLM_CALL, { id: startLlmCall.id });
    expect(cancelLlmCall).toMatchObject({ status: "CANCELLED", error: { message: expect.stringContaining("admin") } });
  });
});

describe("a call", () => {
  it("is cancelled when its team is suspended", async () => {
    const behaviour = held();
    const job = await jobWith(behaviour);
    const call = job.team.client.send(RUN_LLM_CALL, { input: job.callInput() });
    await behaviour.arrived;
    await gateway.admin.data(`mutation ($id: ID!) { suspendTeam(id: $id) { status } }`, { id: job.team.id });
    await call;
    const { job: read } = await gateway.admin.data(
      `query ($id: ID!) { job(id: $id) { status llmCalls { nodes { status error { code } } } } }`,
      { id: job.id },
    );
    expect(read).toEqual({
      status: "IN_PROGRESS",
      llmCalls: { nodes: [{ status: "CANCELLED", error: { code: "TEAM_SUSPENDED" } }] },
    });
    await gateway.admin.data(`mutation ($id: ID!) { resumeTeam(id: $id) { status } }`, { id: job.team.id });
    await job.complete();
  });
});

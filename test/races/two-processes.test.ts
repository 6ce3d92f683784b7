import { describe, expect, it } from "vitest";
import { textOf } from "../kit/clients/ws.js";
import { REVOKE_ORGANIZATION_KEY } from "../kit/credentials.js";
import { hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { answer, type Behaviour, held } from "../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { answeredWithin } from "../kit/within.js";
import {
  CANCEL_LLM_CALL,
  COMPLETE_JOB,
  CREATE_JOB,
  LLM_CALL,
  name,
  RUN_LLM_CALL,
  START_LLM_CALL,
  type TestJob,
} from "../kit/world.js";

const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }";

describe.runIf(hasPostgres())("two processes on one database", { timeout: 120_000 }, () => {
  const { one, other } = useTwoGateways();

  const asked = (model: string) => one.upstream.requests.filter(({ body }) => body.model === model).length;

  /** A job, as both processes see it, whose group has one model. */
  async function jobWith(...behaviours: [Behaviour, ...Behaviour[]]) {
    const model = name("model");
    one.upstream.on(model, ...behaviours);
    const job = await (await one.world.team({ models: [model], credits: 1_000 })).job();
    return { job, model, client: job.team.client, otherClient: other.client(job.team.secret) };
  }

  /** The same with a call that `one` runs and that has said "Once ". */
  async function running() {
    const upstream = heldStream();
    const bench = await jobWith(upstream, answer());
    const input = bench.job.callInput({ idempotencyKey: name("key") });
    const { startLlmCall } = await bench.client.data(START_LLM_CALL, { input });
    await upstream.arrived;
    upstream.text("Once ");
    await one.socket(bench.job.team.secret).follow(startLlmCall.id).until("LlmCallDelta");
    return { ...bench, upstream, input, id: startLlmCall.id as string };
  }

  it("the same keys at the same instant: one request to the upstream each, one call, one answer for all", async () => {
    const { job, model, client, otherClient } = await jobWith(answer());
    const KEYS = 30;
    const rounds = Array.from({ length: KEYS }, async (_, index) => {
      const ofItsOwn = index % 2 === 0 ? { jobId: null } : {};
      const input = job.callInput({ idempotencyKey: name("key"), purpose: `${index}`, ...ofItsOwn });
      const runs = [client, otherClient, client, otherClient].map((at) => at.data(RUN_LLM_CALL, { input }));
      const calls = (await Promise.all(runs)).map(({ runLlmCall }) => JSON.stringify(runLlmCall));
      expect(new Set(calls).size, calls.join("\n")).toBe(1);
      return JSON.parse(calls[0] as string);
    });
    const calls = await Promise.all(rounds);
    for (const call of calls) expect(call).toMatchObject({ status: "SUCCEEDED", content: expect.any(String) });
    expect(new Set(calls.map(({ id }) => id)).size).toBe(KEYS);
    expect(asked(model)).toBe(KEYS);
    expect((await job.complete()).costs).toMatchObject({ totalCalls: KEYS / 2, runningCalls: 0 });
    expect(await job.team.credits()).toMatchObject({ used: KEYS / 2 + 1, held: 0 });
    await expectSoundLedger(one.database.db);
  });

  it("the same key of a job, and of credits, at the same instant: once", async () => {
    const { job, client, otherClient } = await jobWith(answer());
    for (let round = 0; round < 10; round++) {
      const input = { jobType: "once", idempotencyKey: name("key") };
      const jobs = await Promise.all(
        [client, otherClient, client, otherClient].map((at) => at.data(CREATE_JOB, { input })),
      );
      expect(new Set(jobs.map(({ createJob }) => createJob.id)).size).toBe(1);
      const grant = { teamId: job.team.id, credits: 1, idempotencyKey: name("key") };
      await Promise.all([one.admin, other.admin, one.admin, other.admin].map((at) => at.data(ADD, { input: grant })));
    }
    expect(await job.team.credits()).toMatchObject({ allocated: 1_010, held: 11 });
  });

  it("the other answers run and start while the call runs, and asks no model itself", async () => {
    const upstream = held();
    const { job, model, client, otherClient } = await jobWith(upstream);
    const input = job.callInput({ idempotencyKey: name("key") });
    const first = client.data(RUN_LLM_CALL, { input });
    await upstream.arrived;
    const { startLlmCall } = await otherClient.data(START_LLM_CALL, { input });
    expect(startLlmCall.status).toBe("RUNNING");
    const second = otherClient.data(RUN_LLM_CALL, { input });
    upstream.release();
    expect((await second).runLlmCall).toEqual((await first).runLlmCall);
    expect(asked(model)).toBe(1);
  });

  it("a stream in the other gets a snapshot once the call is settled, then its end", async () => {
    const { job, model, upstream, input, id } = await running();
    const socket = other.socket(job.team.secret);
    const streams = [socket.stream(input), socket.follow(id, 3)];
    const reading = streams.map((events) => events.rest());
    upstream.text("upon");
    upstream.finish();
    for (const events of await Promise.all(reading)) {
      expect(events.map(({ __typename }) => __typename)).toEqual(["LlmCallSnapshot", "LlmCallFinished"]);
      expect(textOf(events)).toBe("Once upon");
      expect(events[1].call).toMatchObject({ id, status: "SUCCEEDED", content: "Once upon" });
    }
    expect(asked(model)).toBe(1);
  });

  it("cancelLlmCall through the other closes the connection to the upstream", async () => {
    const { upstream, id, client, otherClient } = await running();
    const { cancelLlmCall } = await otherClient.data(CANCEL_LLM_CALL, { id });
    expect(cancelLlmCall).toMatchObject({
      status: "CANCELLED",
      content: "Once ",
      error: { code: "CANCELLED", message: "The call was cancelled by its team." },
    });
    await upstream.closed;
    expect((await upstream.arrived).aborted).toBe(true);
    expect((await client.data(LLM_CALL, { id })).llmCall).toEqual(cancelLlmCall);
  });

  it("completeJob as FAILED through the other cancels what runs, and gives the credit back", async () => {
    const { job, upstream, id, client, otherClient } = await running();
    const input = { jobId: job.id, status: "FAILED", errorMessage: "No use." };
    const { completeJob } = await otherClient.data(COMPLETE_JOB, { input });
    expect(completeJob).toMatchObject({
      job: { status: "FAILED", errorMessage: "No use." },
      costs: { cancelledCalls: 1, runningCalls: 0, creditApplied: false },
    });
    await upstream.closed;
    const { llmCall } = await client.data(LLM_CALL, { id });
    expect(llmCall.error).toEqual({
      code: "CANCELLED",
      message: "The call was cancelled: its job was closed as FAILED.",
    });
    expect(await job.team.credits()).toMatchObject({ held: 0, used: 0 });
  });

  it("completeJob as COMPLETED through the other names what runs in the one", async () => {
    const { job, upstream, id, otherClient } = await running();
    const { extensions } = await otherClient.refusal("CALLS_RUNNING", COMPLETE_JOB, { input: { jobId: job.id } });
    expect(extensions.callIds).toEqual([id]);
    upstream.finish();
    await upstream.closed;
  });

  it("suspendTeam through the other cancels what runs, ends streams, and refuses everything", async () => {
    const { job, upstream, id, client } = await running();
    const stream = one.socket(job.team.secret).follow(id);
    const ended = stream.rest().catch((error: unknown) => error);
    await other.admin.data("mutation ($id: ID!) { suspendTeam(id: $id) { status } }", { id: job.team.id });
    await upstream.closed;
    expect(await ended).toMatchObject({ code: "TEAM_SUSPENDED" });
    await expect.poll(async () => (await callOf(id)).status, { timeout: 10_000 }).toBe("CANCELLED");
    expect((await callOf(id)).error).toMatchObject({ code: "TEAM_SUSPENDED" });
    await answeredWithin(1_000, () => client.send("{ jobs { nodes { id } } }"), "TEAM_SUSPENDED");
  });

  it("a key that the other revokes is refused in less than a second, and its streams end", async () => {
    const { job, upstream, id, client } = await running();
    const stream = one.socket(job.team.secret).follow(id);
    const ended = stream.rest().catch((error: unknown) => error);
    await client.data("{ viewer { __typename } }");
    await other.admin.data("mutation ($id: ID!) { revokeVirtualKey(id: $id) { status } }", { id: job.team.keyId });
    await answeredWithin(1_000, () => client.send("{ jobs { nodes { id } } }"), "UNAUTHENTICATED");
    expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
    upstream.finish();
  });

  it("an organization's key that the other revokes is refused in less than a second, and its streams end", async () => {
    const { job, upstream, id } = await running();
    const key = await one.world.organizationKey(job.team.organizationId);
    const stream = one.socket(key.secret).follow(id);
    await stream.until("LlmCallDelta");
    const ended = stream.rest().catch((error: unknown) => error);
    await key.client.data("{ viewer { __typename } }");
    await other.admin.data(REVOKE_ORGANIZATION_KEY, { id: key.id });
    await answeredWithin(1_000, () => key.client.send("{ jobs { nodes { id } } }"), "UNAUTHENTICATED");
    expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
    upstream.finish();
    await expect.poll(async () => (await callOf(id)).status).toBe("SUCCEEDED");
  });

  it("both run the background tasks at once: each orphan is settled once, each job that is due ends once", async () => {
    const { job } = await jobWith(answer());
    const { team } = job;
    const jobs = await Promise.all(Array.from({ length: 12 }, () => team.job()));
    const orphans = await Promise.all(jobs.map((each, index) => orphanOf(each, index % 2 === 0)));
    const due = await Promise.all(Array.from({ length: 12 }, () => team.job()));
    await one.database.db.job.updateMany({
      where: { id: { in: due.map(({ id }) => id) } },
      data: { expiresAt: new Date(0), createdAt: new Date(0) },
    });
    await Promise.all([one, other, one, other].map(({ app }) => runTasks(app)));
    for (const id of orphans) {
      expect(await callOf(id)).toMatchObject({ status: "FAILED", error: { code: "GATEWAY_RESTARTED" } });
      expect(await one.database.db.llmCallAttempt.count({ where: { callId: id } })).toBe(1);
    }
    const settled = await Promise.all(jobs.map((each) => each.read()));
    for (const [index, { status, costs }] of settled.entries()) {
      expect(status).toBe(index % 2 === 0 ? "FAILED" : "IN_PROGRESS");
      expect(costs).toMatchObject({ totalCalls: 1, failedCalls: 1, runningCalls: 0, unknownUsageCalls: 1 });
    }
    for (const each of due) expect((await each.read()).status).toBe("EXPIRED");
    expect(await team.credits()).toMatchObject({ used: 0, held: 7, available: 993 });
    await expectSoundLedger(one.database.db);
  });

  const callOf = async (id: string) => (await one.admin.data(LLM_CALL, { id })).llmCall;

  /** What a process leaves behind that was killed while a call ran. */
  async function orphanOf({ id: jobId }: TestJob, ofOneCall: boolean): Promise<string> {
    const { db } = one.database;
    const [id, now] = [crypto.randomUUID(), new Date()];
    const data = { status: "IN_PROGRESS", startedAt: now, totalCalls: 1, runningCalls: 1, ofOneCall } as const;
    await db.job.update({ where: { id: jobId }, data });
    const leaseUntil = new Date(now.getTime() - 1);
    await db.llmCall.create({
      data: { id, jobId, modelGroup: "gone", model: "gone", provider: "gone", createdAt: now, leaseUntil },
    });
    return id;
  }
});

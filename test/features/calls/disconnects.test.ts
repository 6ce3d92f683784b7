import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { textOf } from "../../kit/clients/ws.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { unsettledCalls } from "../../kit/gateway/tasks.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import { type Behaviour, held } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { LLM_CALL, RUN_LLM_CALL, type TestJob } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted", env: { DISCONNECT_GRACE_MS: "1000" } });
const jobWith = (...behaviours: Behaviour[]) => scriptedJob(gateway, ...behaviours);
const socketOf = (job: TestJob, options = {}) => gateway.socket(job.team.secret, options);

const CALLS_OF_JOB = "query ($id: ID!) { job(id: $id) { llmCalls { nodes { id } } } }";

describe("a client that goes away", () => {
  it("has its streamed call cancelled after the grace", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const socket = socketOf(job);
    const events = socket.stream(job.callInput());
    const { callId } = await events.next();
    await upstream.arrived;
    upstream.text("Once");
    await events.next();
    socket.drop();
    await upstream.closed;
    const last = await socketOf(job).follow(callId).until("LlmCallFinished");
    expect(last.call).toMatchObject({ status: "CANCELLED", content: "Once", usage: { source: "ESTIMATED" } });
  });

  it("has it go on if it asked for that, and may come back", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const events = socketOf(job).stream(job.callInput({ onDisconnect: "FINISH" }));
    const { callId } = await events.next();
    await upstream.arrived;
    await events.leave();
    const late = socketOf(job).follow(callId, 1);
    upstream.text("Still here.");
    expect(await late.next()).toMatchObject({ content: "Still here." });
    await late.leave();
    upstream.finish();
    const { llmCall } = await settled(job, callId);
    expect(llmCall).toMatchObject({ status: "SUCCEEDED", content: "Still here." });
  });

  it("is not missed while another one follows", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const first = socketOf(job).stream(job.callInput());
    const { callId } = await first.next();
    const second = socketOf(job).follow(callId);
    await second.next();
    await first.leave();
    await upstream.arrived;
    upstream.text("a");
    await second.next();
    upstream.finish();
    expect((await second.until("LlmCallFinished")).call.status).toBe("SUCCEEDED");
  });

  it("that waits for a plain answer has its call go on, and may read it later", async () => {
    const behaviour = held({ content: "Late." });
    const job = await jobWith(behaviour);
    const abort = new AbortController();
    const gone = fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${job.team.secret}` },
      body: JSON.stringify({ query: RUN_LLM_CALL, variables: { input: job.callInput() } }),
      signal: abort.signal,
    });
    await behaviour.arrived;
    abort.abort();
    await expect(gone).rejects.toThrow();
    behaviour.release();
    await expect.poll(() => unsettledCalls(gateway.app)).toBe(0);
    const { job: read } = await job.team.client.data(
      `query ($id: ID!) { job(id: $id) { llmCalls { nodes { status content } } } }`,
      { id: job.id },
    );
    expect(read.llmCalls.nodes).toEqual([{ status: "SUCCEEDED", content: "Late." }]);
  });

  it("that waits for a plain answer has its call cancelled if it asked for that", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const gone = new AbortController();
    const asked = fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${job.team.secret}` },
      body: JSON.stringify({ query: RUN_LLM_CALL, variables: { input: job.callInput({ onDisconnect: "CANCEL" }) } }),
      signal: gone.signal,
    }).catch(() => undefined);
    await upstream.arrived;
    const { job: seen } = await job.team.client.data(CALLS_OF_JOB, { id: job.id });
    gone.abort();
    await asked;
    await upstream.closed;
    const { llmCall } = await settled(job, seen.llmCalls.nodes[0].id);
    expect(llmCall).toMatchObject({
      status: "CANCELLED",
      content: null,
      error: { code: "CANCELLED", message: "The call was cancelled: its client went away." },
      usage: { completionTokens: 0, source: "ESTIMATED" },
      job: { status: "IN_PROGRESS" },
    });
    expect((await job.read()).costs).toMatchObject({ totalCalls: 1, cancelledCalls: 1, estimatedCalls: 1 });
  });

  it("and sends its subscription again gets the same call, not a second one", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const id = randomUUID();
    const first = socketOf(job, { ids: () => id });
    const before = first.stream(job.callInput());
    const { callId } = await before.next();
    await upstream.arrived;
    upstream.text("Once ");
    await before.next();
    first.drop();
    const after = socketOf(job, { ids: () => id }).stream(job.callInput());
    expect(await after.next()).toMatchObject({ __typename: "LlmCallStarted", callId });
    upstream.text("more");
    upstream.finish();
    await after.until("LlmCallFinished");
    expect(textOf(after.seen)).toBe("Once more");
    expect((await job.read()).costs.totalCalls).toBe(1);
    const third = await socketOf(job, { ids: () => id })
      .stream(job.callInput())
      .rest();
    expect(third.at(-1)).toMatchObject({ callId, call: { status: "SUCCEEDED" } });
    await expect(
      socketOf(job, { ids: () => id })
        .stream(job.callInput({ temperature: 1 }))
        .next(),
    ).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT", status: 409 });
  });

  it("is reconnected to its call by the library's own client", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const socket = socketOf(job, { retryAttempts: 3 });
    const events = socket.stream(job.callInput());
    await events.next();
    await upstream.arrived;
    upstream.text("Once ");
    await events.next();
    socket.drop();
    expect(await events.next()).toMatchObject({ __typename: "LlmCallStarted" });
    upstream.text("more");
    upstream.finish();
    await events.until("LlmCallFinished");
    expect(textOf(events.seen)).toBe("Once more");
    expect((await job.read()).costs.totalCalls).toBe(1);
  });
});

async function settled(job: TestJob, callId: string) {
  await socketOf(job).follow(callId).rest();
  return job.team.client.data(LLM_CALL, { id: callId });
}

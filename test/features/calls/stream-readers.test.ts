import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../src/lib/errors.js";
import { useGateway } from "../../kit/gateway.js";
import { heldStream, streamed } from "../../kit/upstream-streams.js";
import { CANCEL_LLM_CALL, LLM_CALL, name, RUN_LLM_CALL, START_LLM_CALL, type TestJob } from "../../kit/world.js";
import { textOf } from "../../kit/ws.js";

const gateway = useGateway({ upstream: "scripted", env: { DISCONNECT_GRACE_MS: "1000" } });

async function jobWith(behaviour: Parameters<typeof gateway.upstream.on>[1]): Promise<TestJob> {
  const model = name("model");
  gateway.upstream.on(model, behaviour);
  return (await gateway.world.team({ models: [model] })).job();
}

const socketOf = (job: TestJob, options = {}) => gateway.socket(job.team.secret, options);

/** A call that runs, with this much of an answer. */
async function started(text: string[], input: Record<string, unknown> = {}) {
  const upstream = heldStream();
  const job = await jobWith(upstream);
  const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input: job.callInput(input) });
  await upstream.arrived;
  const events = socketOf(job).follow(startLlmCall.id);
  await events.next();
  for (const piece of text) {
    upstream.text(piece);
    await events.next();
  }
  return { upstream, job, callId: startLlmCall.id as string, events };
}

describe("following a call", () => {
  it("from the start gives a late reader all there was, and any number may", async () => {
    const { upstream, job, callId } = await started(["a", "b", "c"]);
    const readers = [socketOf(job).follow(callId), socketOf(job).follow(callId)];
    for (const reader of readers) {
      expect(await reader.next()).toMatchObject({ __typename: "LlmCallStarted", sequence: 1 });
      expect(await reader.next()).toMatchObject({ sequence: 4, content: "abc" });
    }
    upstream.text("d");
    upstream.finish();
    for (const reader of readers) {
      await reader.rest();
      expect(textOf(reader.seen)).toBe("abcd");
      expect(reader.seen.filter((event) => event.__typename === "LlmCallFinished")).toHaveLength(1);
    }
  });

  it("from a number goes on after it, without a gap or a repeat", async () => {
    const { upstream, job, callId } = await started(["a", "b", "c"]);
    const reader = socketOf(job).follow(callId, 3);
    expect(await reader.next()).toMatchObject({ sequence: 4, content: "c" });
    upstream.text("d");
    expect(await reader.next()).toMatchObject({ sequence: 5, content: "d" });
    upstream.finish();
    expect((await reader.rest()).map(({ sequence }) => sequence)).toEqual([6]);
  });

  it("from a number that was never given out answers with all there is", async () => {
    const { upstream, job, callId } = await started(["a", "b"]);
    const reader = socketOf(job).follow(callId, 1_000_000);
    expect(await reader.next()).toMatchObject({ __typename: "LlmCallSnapshot", sequence: 3, content: "ab" });
    upstream.finish();
    expect((await reader.rest()).map((event) => event.__typename)).toEqual(["LlmCallFinished"]);
  });

  it("that is over, however long ago, answers from its row", async () => {
    const job = await jobWith(streamed(["Yes", "."]));
    const { runLlmCall } = await job.team.client.data(RUN_LLM_CALL, { input: job.callInput() });
    gateway.app.callLog.dispose();
    const events = await socketOf(job).follow(runLlmCall.id, 7).rest();
    expect(events).toMatchObject([
      { __typename: "LlmCallSnapshot", sequence: 8, content: "Yes." },
      { __typename: "LlmCallFinished", sequence: 9, call: { status: "SUCCEEDED" } },
    ]);
  });

  it("is the admin's too", async () => {
    const { upstream, callId } = await started(["a"]);
    upstream.finish();
    const events = await gateway.socket("sk-admin-key-change-me").follow(callId).rest();
    expect(textOf(events)).toBe("a");
  });

  it("refuses a call that is not there, and another team's, in the same words", async () => {
    const { callId } = await started([]);
    const other = gateway.socket((await gateway.world.team()).secret);
    for (const id of [callId, randomUUID(), "nope", ""]) {
      await expect(other.follow(id).next()).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: `There is no call ${JSON.stringify(id)}.`,
      });
    }
  });

  it.each([-1, 2 ** 31 - 1, 2 ** 31, 1.5])("refuses %s as a number", async (after) => {
    const { job, callId } = await started([]);
    await expect(socketOf(job).follow(callId, after).next()).rejects.toSatisfy((error) => {
      const [first] = Array.isArray(error) ? error : [{ ...error, message: error.message, extensions: error }];
      return first.extensions.code === "INVALID_INPUT" && first.message.includes(String(after));
    });
  });
});

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

  it("has it go on where it said so, and may come back", async () => {
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

  it("that only asked for the answer has it cancelled where it said so", async () => {
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
      usage: { totalTokens: 0, source: "UNKNOWN" },
      job: { status: "IN_PROGRESS" },
    });
    expect((await job.read()).costs).toMatchObject({ totalCalls: 1, cancelledCalls: 1, unknownUsageCalls: 1 });
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

  it("is what the library's own client does by itself", async () => {
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

describe("a viewer who loses access", () => {
  it("has streams ended with UNAUTHENTICATED when the key is revoked", async () => {
    const { events, job } = await started(["a"]);
    await gateway.admin.data(`mutation ($id: ID!) { revokeVirtualKey(id: $id) { status } }`, { id: job.team.keyId });
    await expect(events.next()).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
    expect(await events.next()).toBeUndefined();
  });

  it("has streams ended with TEAM_SUSPENDED, and calls cancelled, when the team is suspended", async () => {
    const { events, job, callId, upstream } = await started(["a"]);
    await gateway.admin.data(`mutation ($id: ID!) { suspendTeam(id: $id) { status } }`, { id: job.team.id });
    await expect(events.rest()).rejects.toMatchObject({ code: "TEAM_SUSPENDED", status: 403 });
    await upstream.closed;
    const { llmCall } = await gateway.admin.data(LLM_CALL, { id: callId });
    expect(llmCall).toMatchObject({ status: "CANCELLED", error: { code: "TEAM_SUSPENDED" } });
  });
});

describe("nothing is left behind", () => {
  it("neither by streams that ended nor by readers that went away", async () => {
    await gateway.app.running.cancel("all", new DomainError("CANCELLED"));
    await expect.poll(() => gateway.app.liveViewers.count).toBe(0);
    const { events, upstream, job, callId } = await started(["a"]);
    const other = socketOf(job).follow(callId);
    await other.next();
    await other.leave();
    await job.team.client.data(CANCEL_LLM_CALL, { id: callId });
    await events.rest();
    await upstream.closed;
    gateway.app.callLog.dispose();
    expect(gateway.app.running.count).toBe(0);
    expect(gateway.app.callLog.count).toBe(0);
    expect(gateway.app.liveViewers.count).toBe(0);
  });
});

async function settled(job: TestJob, callId: string) {
  await socketOf(job).follow(callId).rest();
  return job.team.client.data(LLM_CALL, { id: callId });
}

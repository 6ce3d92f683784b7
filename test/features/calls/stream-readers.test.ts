import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { textOf } from "../../kit/clients/ws.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { unsettledCalls } from "../../kit/gateway/tasks.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import type { Behaviour } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { CANCEL_LLM_CALL, LLM_CALL, RUN_LLM_CALL, START_LLM_CALL, type TestJob } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted", env: { DISCONNECT_GRACE_MS: "1000" } });

const jobWith = (...behaviours: Behaviour[]) => scriptedJob(gateway, ...behaviours);

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
  it("from the start gives a late reader everything, and any number of readers may do it", async () => {
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

  it("from a number that was never given out answers with everything there is", async () => {
    const { upstream, job, callId } = await started(["a", "b"]);
    const reader = socketOf(job).follow(callId, 1_000_000);
    expect(await reader.next()).toMatchObject({ __typename: "LlmCallSnapshot", sequence: 3, content: "ab" });
    upstream.finish();
    expect((await reader.rest()).map((event) => event.__typename)).toEqual(["LlmCallFinished"]);
  });

  it("that is over, however long ago, answers from its row", async () => {
    const job = await jobWith(streamed(["Yes", "."]));
    const { runLlmCall } = await job.team.client.data(RUN_LLM_CALL, { input: job.callInput() });
    gateway.app.calls.forgetLogs();
    const events = await socketOf(job).follow(runLlmCall.id, 7).rest();
    expect(events).toMatchObject([
      { __typename: "LlmCallSnapshot", content: "Yes." },
      { __typename: "LlmCallFinished", call: { status: "SUCCEEDED" } },
    ]);
    const [snapshot, end] = events.map(({ sequence }) => sequence);
    expect(snapshot, "beyond all that a log may have").toBeGreaterThan(2 ** 30);
    expect(end).toBe(snapshot + 1);
    expect(await socketOf(job).follow(runLlmCall.id, snapshot).rest()).toMatchObject([
      { __typename: "LlmCallSnapshot", sequence: snapshot + 1, content: "Yes." },
      { __typename: "LlmCallFinished", sequence: snapshot + 2 },
    ]);
  });

  it("is possible for the admin too", async () => {
    const { upstream, callId } = await started(["a"]);
    upstream.finish();
    const events = await gateway.socket("sk-admin-key-change-me").follow(callId).rest();
    expect(textOf(events)).toBe("a");
  });

  it("is refused in the same words for a call that does not exist and for another team's", async () => {
    const { callId } = await started([]);
    const other = gateway.socket((await gateway.world.team()).secret);
    for (const id of [callId, randomUUID(), "nope", ""]) {
      await expect(other.follow(id).next()).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: `There is no call ${JSON.stringify(id)}.`,
      });
    }
  });

  it.each([-1, 2 ** 31 - 1, 2 ** 31, 1.5])("is refused from %s as a number", async (after) => {
    const { job, callId } = await started([]);
    await expect(socketOf(job).follow(callId, after).next()).rejects.toSatisfy((error) => {
      const [first] = Array.isArray(error) ? error : [{ ...error, message: error.message, extensions: error }];
      return first.extensions.code === "INVALID_INPUT" && first.message.includes(String(after));
    });
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
    const running = await gateway.database.db.llmCall.findMany({ where: { status: "RUNNING" } });
    for (const { id } of running) await gateway.admin.data(CANCEL_LLM_CALL, { id });
    await expect.poll(() => gateway.app.gauges().openStreams).toBe(0);
    const { events, upstream, job, callId } = await started(["a"]);
    const other = socketOf(job).follow(callId);
    await other.next();
    await other.leave();
    await job.team.client.data(CANCEL_LLM_CALL, { id: callId });
    await events.rest();
    await upstream.closed;
    gateway.app.calls.forgetLogs();
    expect(unsettledCalls(gateway.app)).toBe(0);
    expect(gateway.app.gauges().callLogs).toBe(0);
    expect(gateway.app.gauges().openStreams).toBe(0);
  });
});

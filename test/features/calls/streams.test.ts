import { describe, expect, it } from "vitest";
import { textOf } from "../../kit/clients/ws.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import { type Behaviour, DEFAULT_USAGE, error, hang } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { LLM_CALL, name, type TestJob } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });

const jobWith = (...behaviours: Behaviour[]) => scriptedJob(gateway, ...behaviours);

const socketOf = (job: TestJob) => gateway.socket(job.team.secret);

/** A streamed call that the upstream was asked for. Its first event has been read. */
async function startedStream() {
  const upstream = heldStream();
  const job = await jobWith(upstream);
  const events = socketOf(job).stream(job.callInput());
  await events.next();
  await upstream.arrived;
  return { upstream, job, events };
}

describe("a streamed call", () => {
  it("shows each token when the upstream sends it, and ends with the settled call", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const events = socketOf(job).stream(job.callInput({ purpose: "greeting" }));
    expect(await events.next()).toMatchObject({ __typename: "LlmCallStarted", sequence: 1 });
    const request = await upstream.arrived;
    expect(request.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    for (const [index, content] of ["Hel", "lo, ", "you"].entries()) {
      upstream.text(content);
      expect(await events.next()).toMatchObject({ __typename: "LlmCallDelta", sequence: index + 2, content });
    }
    upstream.finish();
    const [finished, ...others] = await events.rest();
    expect(others).toEqual([]);
    expect(finished).toMatchObject({
      __typename: "LlmCallFinished",
      call: {
        status: "SUCCEEDED",
        content: "Hello, you",
        finishReason: "stop",
        usage: { promptTokens: 12, completionTokens: 6, source: "REPORTED" },
        error: null,
        job: { id: job.id, status: "IN_PROGRESS" },
      },
    });
    const { llmCall } = await job.team.client.data(LLM_CALL, { id: finished.callId });
    expect(llmCall).toMatchObject(finished.call);
    expect(llmCall.timeToFirstTokenMs).toBeGreaterThanOrEqual(0);
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 1, successfulCalls: 1, totalTokens: 18 });
  });

  it("shows the tools that the model asks for, piece by piece", async () => {
    const { upstream, events } = await startedStream();
    upstream.delta({
      // Some upstreams count from 1.
      tool_calls: [{ index: 1, id: "call_1", type: "function", function: { name: "look", arguments: "" } }],
    });
    expect(await events.next()).toMatchObject({ __typename: "LlmToolCallDelta", index: 0, id: "call_1", name: "look" });
    for (const piece of ['{"a"', ":1}"]) {
      upstream.delta({ tool_calls: [{ index: 1, function: { arguments: piece } }] });
      expect(await events.next()).toMatchObject({ index: 0, id: null, name: null, arguments: piece });
    }
    upstream.finish({ reason: "tool_calls" });
    const { call } = await events.until("LlmCallFinished");
    expect(call).toMatchObject({
      content: null,
      finishReason: "tool_calls",
      toolCalls: [{ id: "call_1", name: "look", arguments: '{"a":1}' }],
    });
  });

  it("joins what waits for a reader into one delta, numbered as the last", async () => {
    const pieces = Array.from({ length: 500 }, (_, index) => `${index} `);
    const job = await jobWith(streamed(pieces));
    const events = await socketOf(job).stream(job.callInput()).rest();
    expect(textOf(events)).toBe(pieces.join(""));
    expect(events.length).toBeLessThan(100);
    expect(events.at(-1)).toMatchObject({ __typename: "LlmCallFinished", sequence: 502 });
  });

  it("moves on to the next model before the first token, and tells the client", async () => {
    const job = await jobWith(error(503), streamed(["Yes."]));
    const events = await socketOf(job).stream(job.callInput()).rest();
    expect(events.map((event) => event.__typename)).toEqual([
      "LlmCallStarted",
      "LlmCallModelSwitched",
      "LlmCallDelta",
      "LlmCallFinished",
    ]);
    expect(events[1]).toMatchObject({ fromModel: events[0].model, discard: false });
    expect(events[1].reason).toMatch(/no capacity/);
    expect(events[3].call.status).toBe("SUCCEEDED");
  });

  it("opens a job of its own if it names no job", async () => {
    const job = await jobWith(streamed(["Yes."]));
    const { call } = await socketOf(job)
      .stream(job.callInput({ jobId: null, jobType: "one" }))
      .until("LlmCallFinished");
    expect(call.job).toMatchObject({ status: "COMPLETED" });
    expect(call.job.id).not.toBe(job.id);
  });

  it("is refused like a plain one, before anything is bought", async () => {
    const job = await jobWith(hang());
    const socket = socketOf(job);
    await expect(socket.stream(job.callInput({ modelGroup: "No" })).next()).rejects.toMatchObject({
      code: "MODEL_GROUP_NOT_ALLOWED",
      status: 403,
    });
    await expect(socket.stream(job.callInput({ messages: [] })).next()).rejects.toMatchObject({
      code: "INVALID_INPUT",
      field: "input.messages",
    });
    const blank = { role: "USER", content: "Hi", name: "" };
    await expect(socket.stream(job.callInput({ messages: [blank] })).next()).rejects.toMatchObject({
      field: "input.messages[0].name",
    });
    await expect(gateway.socket("sk-admin-key-change-me").stream(job.callInput()).next()).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await job.read()).costs.totalCalls).toBe(0);
  });
});

describe("how a stream ends", () => {
  const REPORTED = { promptTokens: DEFAULT_USAGE.prompt_tokens, completionTokens: 6, source: "REPORTED" };

  it.each([
    ["cut after some tokens", (upstream: ReturnType<typeof heldStream>) => upstream.cut()],
    ["ended without a finish reason or [DONE]", (upstream: ReturnType<typeof heldStream>) => upstream.end()],
    ["malformed", (upstream: ReturnType<typeof heldStream>) => upstream.raw('data: {"choices": [\n\n')],
    [
      "an error",
      (upstream: ReturnType<typeof heldStream>) => upstream.raw('data: {"error": {"message": "no", "code": 500}}\n\n'),
    ],
  ])("%s: it has FAILED, and what came is kept and estimated", async (_, spoil) => {
    const { upstream, job, events } = await startedStream();
    upstream.text("Once upon a");
    await events.next();
    spoil(upstream);
    const { call } = await events.until("LlmCallFinished");
    expect(call).toMatchObject({
      status: "FAILED",
      content: "Once upon a",
      error: { code: "UPSTREAM_FAILED" },
      usage: { completionTokens: 3, source: "ESTIMATED" },
    });
    await upstream.closed;
    expect((await job.read()).costs).toMatchObject({ failedCalls: 1, estimatedCalls: 1, completionTokens: 3 });
  });

  it.each([
    ["with [DONE] alone", "data: [DONE]\n\n", null],
    ["with a finish reason alone", 'data: {"choices":[{"delta":{},"finish_reason":"length"}]}\n\n', "length"],
  ])("%s is whole, and without usage it is estimated", async (_, bytes, reason) => {
    const { upstream, events } = await startedStream();
    upstream.text("Once upon a");
    upstream.raw(bytes);
    upstream.end();
    const { call } = await events.until("LlmCallFinished");
    expect(call).toMatchObject({
      status: "SUCCEEDED",
      finishReason: reason ?? "stop",
      usage: { completionTokens: 3, source: "ESTIMATED" },
    });
  });

  it("whose first answer is a 500 and has no other model is FAILED, without tokens", async () => {
    const job = await jobWith(error(500));
    const { call } = await socketOf(job).stream(job.callInput()).until("LlmCallFinished");
    expect(call).toMatchObject({ status: "FAILED", error: { code: "UPSTREAM_FAILED" }, usage: null });
  });

  it("may come as one JSON answer from an upstream that cannot stream", async () => {
    const model = name("model");
    const job = await (await gateway.world.team({ models: [model] })).job();
    const events = await socketOf(job).stream(job.callInput()).rest();
    expect(events.at(-1).call).toMatchObject({ status: "SUCCEEDED", usage: REPORTED });
    expect(textOf(events)).toBe("This is a scripted answer.");
  });
});

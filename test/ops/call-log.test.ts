import { describe, expect, it } from "vitest";
import { useGateway } from "../kit/gateway/gateway.js";
import { CALL, LogLines } from "../kit/log-lines.js";
import { answer, DEFAULT_USAGE, error, hang } from "../kit/upstream/upstream-behaviours.js";
import { CANCEL_LLM_CALL, name, START_LLM_CALL } from "../kit/world.js";

const lines = new LogLines("info");
const gateway = useGateway({ log: lines.log, upstream: "scripted" });

const ofCall = async (callId: string) => {
  const line = await lines.until((each) => each.callId === callId && each.msg === CALL);
  expect(lines.of(CALL).filter((each) => each.callId === callId)).toHaveLength(1);
  return line;
};

describe("Each settled call is one line of the log:", () => {
  it("one that succeeded at its second model, with both attempts, its tokens and its cost", async () => {
    const [first, second] = [name("model"), name("model")];
    gateway.upstream.on(first, error(429));
    gateway.upstream.on(second, answer({ usage: DEFAULT_USAGE, headers: { "x-litellm-response-cost": "7.2e-05" } }));
    const team = await gateway.world.team({ models: [first, second] });
    const job = await team.job();
    const { id } = await job.call();
    expect(await ofCall(id)).toEqual({
      level: 30,
      time: expect.any(Number),
      msg: CALL,
      callId: id,
      jobId: job.id,
      teamId: team.id,
      modelGroup: team.modelGroup,
      model: second,
      provider: "openai",
      status: "SUCCEEDED",
      ms: expect.any(Number),
      timeToFirstTokenMs: expect.any(Number),
      promptTokens: 12,
      completionTokens: 6,
      usageSource: "REPORTED",
      costUsd: "0.000072",
      costSource: "UPSTREAM",
      attempts: 2,
      failedAttempts: [
        { model: first, upstream: "default", status: "FAILED", errorKind: "rate-limited", ms: expect.any(Number) },
      ],
    });
  });

  it("one that failed, with its code", async () => {
    const model = name("model");
    gateway.upstream.on(model, error(400));
    const job = await (await gateway.world.team({ models: [model] })).job();
    const { id } = await job.call();
    const line = await ofCall(id);
    expect(line).toMatchObject({ status: "FAILED", errorCode: "UPSTREAM_REJECTED" });
    expect(line.failedAttempts).toMatchObject([{ errorKind: "invalid-request" }]);
  });

  it("one that was cancelled", async () => {
    const model = name("model");
    const held = hang();
    gateway.upstream.on(model, held);
    const job = await (await gateway.world.team({ models: [model] })).job();
    const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input: job.callInput() });
    await held.arrived;
    await job.team.client.data(CANCEL_LLM_CALL, { id: startLlmCall.id });
    expect(await ofCall(startLlmCall.id)).toMatchObject({ status: "CANCELLED", errorCode: "CANCELLED" });
  });
});

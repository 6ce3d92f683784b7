import { describe, expect, it } from "vitest";
import { attemptsOf, kindsOf, usdOf } from "../../kit/attempts.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, cut, error, garbage, openAiError } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { CANCEL_LLM_CALL, START_LLM_CALL } from "../../kit/world.js";

describe("the attempts of a call", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const { jobWith, read, call, asked, price } = attemptsOf(gateway);

  it("are one attempt if the first model answers", async () => {
    const { job, models } = await jobWith(answer({ headers: { "x-litellm-response-cost": "0.000012" } }));
    const { attempts, usage, costUsd } = await call(job);
    expect(attempts).toEqual([
      {
        number: 1,
        model: models[0],
        status: "SUCCEEDED",
        errorKind: null,
        failureKind: null,
        startedAt: expect.any(String),
        firstTokenAt: expect.any(String),
        endedAt: expect.any(String),
        usage: { promptTokens: 12, completionTokens: 6, source: "REPORTED" },
        costUsd: "0.000012",
        costSource: "UPSTREAM",
      },
    ]);
    const [{ startedAt, firstTokenAt, endedAt }] = attempts;
    expect([startedAt, firstTokenAt, endedAt]).toEqual([startedAt, firstTokenAt, endedAt].sort());
    expect([usage.totalTokens, costUsd]).toEqual([18, "0.000012"]);
  });

  it("list each model that was asked before one answered, at no cost if it refused the request", async () => {
    const { job, models } = await jobWith(error(401), error(503), answer());
    const { status, attempts, usage } = await call(job);
    expect(status).toBe("SUCCEEDED");
    expect(attempts).toMatchObject([
      { number: 1, model: models[0], status: "FAILED", errorKind: "authentication", firstTokenAt: null, usage: null },
      { number: 2, model: models[1], status: "FAILED", errorKind: "overloaded", usage: null, costSource: null },
      { number: 3, model: models[2], status: "SUCCEEDED", errorKind: null, usage: { source: "REPORTED" } },
    ]);
    expect(usage).toMatchObject({ totalTokens: 18, source: "REPORTED" });
    expect((await job.complete()).costs).toMatchObject({
      failedAttemptsCostUsd: "0",
      totalTokens: 18,
      unknownUsageCalls: 0,
    });
  });

  it("whose answer broke may have been billed: their usage is UNKNOWN, and so is the call's", async () => {
    const { job } = await jobWith(cut(), garbage(), answer());
    const { attempts, usage } = await call(job);
    expect(attempts).toMatchObject([
      { errorKind: "truncated", usage: { source: "UNKNOWN" }, costUsd: null },
      { errorKind: "malformed", usage: { source: "UNKNOWN" }, costUsd: null },
      { errorKind: null, usage: { source: "REPORTED" } },
    ]);
    expect(usage).toMatchObject({ totalTokens: 18, source: "UNKNOWN" });
    expect((await job.complete()).costs).toMatchObject({ successfulCalls: 1, unknownUsageCalls: 1 });
  });

  it.each([
    ["context-length", error(400, openAiError("Too long.", "invalid_request_error", "context_length_exceeded"))],
    ["content-filter", error(400, openAiError("Filtered.", "invalid_request_error", "content_filter"))],
  ])("go on to the next model after %s, without asking the first again", async (kind, refusal) => {
    const { job, models } = await jobWith(refusal, answer());
    expect(kindsOf(await call(job))).toEqual([kind, null]);
    expect(models.map(asked)).toEqual([1, 1]);
  });

  it("end with a request that is wrong for all models: no other model is asked", async () => {
    const { job, models } = await jobWith(error(400, openAiError("No such role.", "invalid_request_error")), answer());
    const settled = await call(job);
    expect(settled).toMatchObject({ status: "FAILED", error: { code: "UPSTREAM_REJECTED" }, usage: null });
    expect(kindsOf(settled)).toEqual(["invalid-request"]);
    expect(models.map(asked)).toEqual([1, 0]);
  });

  it("of the last model are at most three, if waiting may help", async () => {
    const { job, models } = await jobWith(error(503), error(503));
    const settled = await call(job);
    expect(settled.status).toBe("FAILED");
    expect(settled.attempts.map(({ model }: { model: string }) => model)).toEqual([
      models[0],
      models[1],
      models[1],
      models[1],
    ]);
    expect(models.map(asked)).toEqual([1, 3]);
  });

  it("wait as long as the upstream asked for before the last model is asked again", async () => {
    const { job, models } = await jobWith([error(429, undefined, { "retry-after": "1" }), answer()]);
    const settled = await call(job);
    expect(settled.status).toBe("SUCCEEDED");
    expect(kindsOf(settled)).toEqual(["rate-limited", null]);
    const [first, second] = settled.attempts;
    const waitedMs = Date.parse(second.startedAt) - Date.parse(first.endedAt);
    expect(waitedMs).toBeGreaterThanOrEqual(1_000);
    expect(waitedMs).toBeLessThan(5_000);
    expect(asked(models[0])).toBe(2);
  });

  it("do not wait for an upstream that asks for too long", async () => {
    const { job, models } = await jobWith(error(429, undefined, { "retry-after": "60" }));
    const start = performance.now();
    expect(kindsOf(await call(job))).toEqual(["rate-limited"]);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(asked(models[0])).toBe(1);
  });

  it("stop if the call is cancelled while it waits to ask again", async () => {
    const { job, models } = await jobWith(error(429, undefined, { "retry-after": "8" }));
    const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input: job.callInput() });
    await expect.poll(() => asked(models[0])).toBe(1);
    const start = performance.now();
    const { cancelLlmCall } = await job.team.client.data(CANCEL_LLM_CALL, { id: startLlmCall.id });
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(cancelLlmCall).toMatchObject({ status: "CANCELLED", error: { code: "CANCELLED" } });
    expect(asked(models[0])).toBe(1);
    expect(await read(job, startLlmCall.id)).toMatchObject({ attempts: [{ number: 1, status: "FAILED" }] });
  });

  it("are one cancelled attempt, with a price, if the call is cancelled in the middle of an answer", async () => {
    const upstream = heldStream();
    const { job, models } = await jobWith(upstream);
    await price(models[0], "1");
    const events = gateway.socket(job.team.secret).stream(job.callInput());
    const { callId } = await events.next();
    await upstream.arrived;
    upstream.text("Once upon a");
    await events.until("LlmCallDelta");
    await job.team.client.data(CANCEL_LLM_CALL, { id: callId });
    const { attempts, costUsd, usage } = await read(job, callId);
    expect(attempts).toMatchObject([
      { status: "CANCELLED", errorKind: null, usage: { source: "ESTIMATED" }, costSource: "ADMIN_PRICE" },
    ]);
    expect(costUsd).toBe(usdOf(usage.totalTokens));
    expect((await job.complete()).costs).toMatchObject({ totalCostUsd: costUsd, failedAttemptsCostUsd: costUsd });
  });

  it("are read for many calls in one answer", async () => {
    const { job } = await jobWith([error(401), answer()], answer());
    await call(job);
    await call(job);
    const { job: found } = await job.team.client.data(
      "query ($id: ID!) { job(id: $id) { llmCalls { nodes { attempts { number status } } } } }",
      { id: job.id },
    );
    expect(found.llmCalls.nodes).toEqual([
      {
        attempts: [
          { number: 1, status: "FAILED" },
          { number: 2, status: "SUCCEEDED" },
        ],
      },
      { attempts: [{ number: 1, status: "SUCCEEDED" }] },
    ]);
  });
});

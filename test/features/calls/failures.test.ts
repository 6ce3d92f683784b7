import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, cut, error, garbage, held, litellmError } from "../../kit/upstream/upstream-behaviours.js";
import { name } from "../../kit/world.js";

describe("a call", () => {
  const gateway = useGateway({ upstream: "scripted" });
  /** A model that no other test scripts. */
  const model = () => name("model");
  const jobOf = async (...models: string[]) => (await gateway.world.team({ models })).job();

  it.each([
    ["an overloaded model", () => error(503, litellmError(503))],
    ["a rate limit", () => error(429, litellmError(429), { "retry-after": "5" })],
    ["a server error", () => error(500, litellmError(500))],
    ["a cut connection", () => cut()],
    ["an answer that is not JSON", () => garbage()],
  ])("is answered by the next model after %s", async (_, failure) => {
    const [first, second] = [model(), model()];
    gateway.upstream.on(first, failure());
    gateway.upstream.on(second, answer({ content: "From the second." }));
    const job = await jobOf(first, second);
    const before = gateway.upstream.requests.length;
    expect(await job.call()).toMatchObject({
      status: "SUCCEEDED",
      model: second,
      content: "From the second.",
      error: null,
    });
    expect(gateway.upstream.requests.slice(before).map((request) => request.body.model)).toEqual([first, second]);
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 1, successfulCalls: 1, failedCalls: 0 });
  });

  it("is not sent to the next model if the request itself is wrong", async () => {
    const [first, second] = [model(), model()];
    gateway.upstream.on(
      first,
      error(400, { error: { message: "max_tokens is too large", type: "invalid_request_error" } }),
    );
    const job = await jobOf(first, second);
    const before = gateway.upstream.requests.length;
    const call = await job.call();
    expect(call).toMatchObject({
      status: "FAILED",
      model: first,
      error: { code: "UPSTREAM_REJECTED" },
      usage: null,
      costUsd: null,
      costSource: null,
    });
    expect(call.error.message).toContain("max_tokens is too large");
    expect(gateway.upstream.requests.length - before).toBe(1);
  });

  it("is FAILED if all models fail, is stored and counted, and leaves a job that may still complete", async () => {
    const [first, second] = [model(), model()];
    gateway.upstream.on(first, error(500, litellmError(500)));
    gateway.upstream.on(second, error(503, litellmError(503)));
    const job = await jobOf(first, second);
    const call = await job.call();
    expect(call).toMatchObject({
      status: "FAILED",
      model: second,
      content: null,
      error: { code: "UPSTREAM_FAILED" },
      usage: null,
    });
    const { llmCall } = await job.team.client.data(
      `query ($id: ID!) { llmCall(id: $id) { status error { code } finishedAt } }`,
      { id: call.id },
    );
    expect(llmCall).toEqual({ status: "FAILED", error: { code: "UPSTREAM_FAILED" }, finishedAt: call.finishedAt });
    expect((await job.complete()).costs).toMatchObject({
      totalCalls: 1,
      successfulCalls: 0,
      failedCalls: 1,
      creditApplied: true,
    });
  });

  it("shows neither the upstream's address nor its key when it fails", async () => {
    const failing = model();
    gateway.upstream.on(
      failing,
      error(401, {
        error: {
          message: `Incorrect API key provided: sk-upstream at ${gateway.upstream.url}`,
          type: "invalid_request_error",
        },
      }),
    );
    const answered = JSON.stringify(await (await jobOf(failing)).call());
    expect(answered).toContain("UPSTREAM_FAILED");
    expect(answered).not.toContain("sk-upstream");
    expect(answered).not.toContain("127.0.0.1");
  });
});

describe("a call to an upstream that is slow", () => {
  const gateway = useGateway({ upstream: "scripted", env: { UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: "300" } });

  it("fails as UPSTREAM_TIMEOUT, and its prompt is counted", async () => {
    gateway.upstream.on("slow", held());
    const job = await (await gateway.world.team({ models: ["slow"] })).job();
    expect(await job.call()).toMatchObject({
      status: "FAILED",
      error: { code: "UPSTREAM_TIMEOUT" },
      usage: { source: "ESTIMATED", completionTokens: 0, promptTokens: expect.any(Number) },
    });
    expect((await job.complete()).costs).toMatchObject({ failedCalls: 1, estimatedCalls: 1, unknownUsageCalls: 0 });
  });
});

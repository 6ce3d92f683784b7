import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/clock.js";
import { useGateway } from "../../kit/gateway.js";
import {
  answer,
  type Behaviour,
  cut,
  DEFAULT_USAGE,
  error,
  garbage,
  held,
  openAiError,
} from "../../kit/upstream-behaviours.js";
import { cutStream, heldStream, streamed } from "../../kit/upstream-streams.js";
import { CANCEL_LLM_CALL, name, RUN_LLM_CALL, START_LLM_CALL, type TestJob } from "../../kit/world.js";
import { textOf } from "../../kit/ws.js";

const ATTEMPTS = `id status content error { code message } usage { promptTokens completionTokens totalTokens source } costUsd costSource
  attempts { number model status errorKind startedAt firstTokenAt endedAt usage { promptTokens completionTokens source } costUsd costSource }`;
const CALL = `query ($id: ID!) { llmCall(id: $id) { ${ATTEMPTS} } }`;
const SET_PRICE = `mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }`;
const CIRCUITS = "{ modelCircuits { model state failures probeAt } }";

type Scripted = [Behaviour, ...Behaviour[]];
type Script = Behaviour | Scripted;

/** What the two describes below build with: a job whose group has one model for each script. */
function bench(gateway: ReturnType<typeof useGateway>) {
  const jobWith = async (...scripts: Script[]): Promise<{ job: TestJob; models: string[] }> => {
    const models = scripts.map(() => name("model"));
    for (const [index, script] of scripts.entries())
      gateway.upstream.on(models[index] as string, ...(Array.isArray(script) ? script : ([script] satisfies Scripted)));
    return { job: await (await gateway.world.team({ models })).job(), models };
  };
  const read = async (job: TestJob, id: string) => (await job.team.client.data(CALL, { id })).llmCall;
  const call = async (job: TestJob, input: object = {}) => read(job, (await job.call({ ...input })).id);
  const asked = (model: string | undefined) =>
    gateway.upstream.requests.filter(({ body }) => body.model === model).length;
  return { jobWith, read, call, asked };
}

const kindsOf = (call: { attempts: { errorKind: string | null }[] }) => call.attempts.map(({ errorKind }) => errorKind);

describe("the attempts of a call", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const { jobWith, read, call, asked } = bench(gateway);
  const price = (model: string | undefined, usd: string) =>
    gateway.admin.data(SET_PRICE, { input: { model, inputUsdPerMillionTokens: usd, outputUsdPerMillionTokens: usd } });

  it("are one where the first model answers", async () => {
    const { job, models } = await jobWith(answer({ headers: { "x-litellm-response-cost": "0.000012" } }));
    const { attempts, usage, costUsd } = await call(job);
    expect(attempts).toEqual([
      {
        number: 1,
        model: models[0],
        status: "SUCCEEDED",
        errorKind: null,
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

  it("tell of each model that was asked before one answered, and cost nothing where it was not taken up", async () => {
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

  it("end with a request that is wrong for all models: nobody else is asked", async () => {
    const { job, models } = await jobWith(error(400, openAiError("No such role.", "invalid_request_error")), answer());
    const settled = await call(job);
    expect(settled).toMatchObject({ status: "FAILED", error: { code: "UPSTREAM_FAILED" }, usage: null });
    expect(kindsOf(settled)).toEqual(["invalid-request"]);
    expect(models.map(asked)).toEqual([1, 0]);
  });

  it("of the last model are up to three where waiting may help, and no more", async () => {
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

  it("stop where the call is cancelled while it waits to ask again", async () => {
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

  it("are a cancelled one where the call is cancelled in the middle of an answer, and that is priced", async () => {
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

  describe("after a failure in the middle of a streamed answer", () => {
    const PIECES = ["Once ", "upon ", "a "];

    it("end, and what came is priced apart", async () => {
      const { job, models } = await jobWith(cutStream(PIECES), streamed(["Never asked."]));
      await price(models[0], "1");
      const events = await gateway.socket(job.team.secret).stream(job.callInput()).rest();
      expect(events.at(-1).call).toMatchObject({ status: "FAILED", content: PIECES.join("") });
      const settled = await read(job, events[0].callId);
      expect(settled.attempts).toMatchObject([
        { errorKind: "truncated", costSource: "ADMIN_PRICE", usage: { source: "ESTIMATED" } },
      ]);
      const { promptTokens, completionTokens } = settled.usage;
      expect(completionTokens).toBeGreaterThan(2);
      expect(settled.costUsd).toBe(usdOf(promptTokens + completionTokens));
      expect((await job.complete()).costs).toMatchObject({
        totalCostUsd: settled.costUsd,
        failedAttemptsCostUsd: settled.costUsd,
      });
      expect(asked(models[1])).toBe(0);
    });

    it("start over where the caller wants that: the client discards, and both are billed", async () => {
      const { job, models } = await jobWith(cutStream(PIECES), streamed(["Yes", ", sir."]));
      await price(models[0], "1");
      await price(models[1], "1000");
      const events = await gateway
        .socket(job.team.secret)
        .stream(job.callInput({ onMidStreamFailure: "RESTART" }))
        .rest();
      const switched = events.find(({ __typename }) => __typename === "LlmCallModelSwitched");
      expect(switched).toMatchObject({ fromModel: models[0], toModel: models[1], discard: true });
      expect(switched.reason).toMatch(/cut off/);
      expect(textOf(events)).toBe("Yes, sir.");
      expect(textOf(events.slice(0, events.indexOf(switched)))).toBe(PIECES.join(""));
      const settled = await read(job, events[0].callId);
      expect(settled).toMatchObject({ status: "SUCCEEDED", content: "Yes, sir.", usage: { source: "ESTIMATED" } });
      const [failed, succeeded] = settled.attempts;
      expect(failed).toMatchObject({ status: "FAILED", usage: { source: "ESTIMATED" } });
      expect(succeeded).toMatchObject({ status: "SUCCEEDED", costUsd: "0.018", usage: { source: "REPORTED" } });
      const tokens = failed.usage.promptTokens + failed.usage.completionTokens;
      expect(failed.costUsd).toBe(usdOf(tokens));
      expect(settled.usage.totalTokens).toBe(tokens + DEFAULT_USAGE.total_tokens);
      expect(settled.costUsd).toBe(usdOf(tokens + 18_000));
      expect((await job.complete()).costs).toMatchObject({
        totalCalls: 1,
        successfulCalls: 1,
        totalCostUsd: settled.costUsd,
        failedAttemptsCostUsd: failed.costUsd,
        estimatedCalls: 1,
      });
    });

    it("have nowhere to start over with one model: the call has FAILED, and what came is kept", async () => {
      const { job, models } = await jobWith(cutStream(PIECES));
      const events = await gateway
        .socket(job.team.secret)
        .stream(job.callInput({ onMidStreamFailure: "RESTART" }))
        .rest();
      expect(events.at(-1).call).toMatchObject({ status: "FAILED", content: PIECES.join("") });
      expect(events.some(({ __typename }) => __typename === "LlmCallModelSwitched")).toBe(false);
      expect(asked(models[0])).toBe(1);
    });

    it("show who joins late the second answer only", async () => {
      const upstream = heldStream();
      const { job } = await jobWith(cutStream(PIECES), upstream);
      const { startLlmCall } = await job.team.client.data(START_LLM_CALL, {
        input: job.callInput({ onMidStreamFailure: "RESTART" }),
      });
      await upstream.arrived;
      const late = gateway.socket(job.team.secret).follow(startLlmCall.id);
      await late.until("LlmCallModelSwitched");
      upstream.text("Yes.");
      upstream.finish();
      await late.until("LlmCallFinished");
      expect(textOf(late.seen)).toBe("Yes.");
    });
  });
});

describe("a model that fails again and again", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });
  const { jobWith, call, asked } = bench(gateway);
  const circuitOf = async (model: string | undefined) => {
    const { modelCircuits } = await gateway.admin.data(CIRCUITS);
    return modelCircuits.find((circuit: { model: string }) => circuit.model === model);
  };
  /** A job whose first model has just failed five times. */
  const opened = async (...then: Behaviour[]) => {
    const bad = error(503);
    const { job, models } = await jobWith([bad, bad, bad, bad, bad, ...then], answer());
    for (let count = 0; count < 5; count++) expect(kindsOf(await call(job))).toEqual(["overloaded", null]);
    return { job, models, first: models[0] };
  };

  it("is passed over after five failures in a row, and the admin sees it", async () => {
    const { job, models, first } = await opened(answer());
    const settled = await call(job);
    expect(settled).toMatchObject({ status: "SUCCEEDED", attempts: [{ number: 1, model: models[1] }] });
    expect(asked(first)).toBe(5);
    expect(await circuitOf(first)).toEqual({
      model: first,
      state: "OPEN",
      failures: 5,
      probeAt: new Date(clock.now().getTime() + 30_000).toISOString(),
    });
    expect(await circuitOf(models[1])).toBeUndefined();
    await job.team.client.refusal("FORBIDDEN", CIRCUITS);
    await gateway.anonymous.refusal("UNAUTHENTICATED", CIRCUITS);
  });

  it("is passed over in streams too, which say so", async () => {
    const { job, models, first } = await opened(answer());
    const events = await gateway.socket(job.team.secret).stream(job.callInput()).rest();
    expect(events.slice(0, 2)).toMatchObject([
      { __typename: "LlmCallStarted", model: first },
      { __typename: "LlmCallModelSwitched", fromModel: first, toModel: models[1], discard: false },
    ]);
    expect(events[1].reason).toBe("It has failed repeatedly.");
  });

  it("is asked by one request after 30 seconds, while others pass it over, and is well again where it answers", async () => {
    const probe = held();
    const { job, models, first } = await opened(probe, answer());
    clock.advance(29_999);
    await call(job);
    expect(asked(first)).toBe(5);
    clock.advance(1);
    expect(await circuitOf(first)).toMatchObject({ state: "HALF_OPEN" });
    const probing = call(job);
    await probe.arrived;
    expect(await call(job)).toMatchObject({ attempts: [{ model: models[1] }] });
    expect(asked(first)).toBe(6);
    probe.release();
    expect(await probing).toMatchObject({ attempts: [{ model: first, status: "SUCCEEDED" }] });
    expect(await circuitOf(first)).toBeUndefined();
    expect(await call(job)).toMatchObject({ attempts: [{ model: first }] });
  });

  it("is passed over for as long again where the probe fails", async () => {
    const { job, first } = await opened(error(503), answer());
    clock.advance(30_000);
    expect(kindsOf(await call(job))).toEqual(["overloaded", null]);
    expect(await circuitOf(first)).toMatchObject({ state: "OPEN", failures: 6 });
    clock.advance(29_999);
    expect(kindsOf(await call(job))).toEqual([null]);
    clock.advance(1);
    expect(await call(job)).toMatchObject({ attempts: [{ model: first, status: "SUCCEEDED" }] });
  });

  it("is asked all the same where the group has no other, and is well again where it answers", async () => {
    const gone = error(404);
    const { job, models } = await jobWith([gone, gone, gone, gone, gone, gone, answer()]);
    for (let count = 0; count < 6; count++) expect((await call(job)).status).toBe("FAILED");
    expect(asked(models[0])).toBe(6);
    expect(await circuitOf(models[0])).toMatchObject({ state: "OPEN", failures: 6 });
    expect((await call(job)).status).toBe("SUCCEEDED");
    expect(await circuitOf(models[0])).toBeUndefined();
  });

  it("is not blamed for what is wrong with requests", async () => {
    const { job, models } = await jobWith(error(400, openAiError("No.", "invalid_request_error")), answer());
    for (let count = 0; count < 7; count++) await job.team.client.data(RUN_LLM_CALL, { input: job.callInput() });
    expect(asked(models[0])).toBe(7);
    expect(await circuitOf(models[0])).toBeUndefined();
  });
});

/** What so many tokens cost at 1 USD per million. */
const usdOf = (tokens: number): string => (tokens / 1e6).toFixed(9).replace(/0+$/, "");

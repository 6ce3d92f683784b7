import { monitorEventLoopDelay } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { unsettledCalls } from "../kit/gateway/tasks.js";
import { report } from "../kit/report.js";
import { type Behaviour, cut, error, garbage, hang, held, stall } from "../kit/upstream/upstream-behaviours.js";
import { endless, endlessHeaders, stuckInHeaders } from "../kit/upstream/upstream-floods.js";
import { heldStream, streamed } from "../kit/upstream/upstream-streams.js";
import { CANCEL_LLM_CALL, COMPLETE_JOB, name, RUN_LLM_CALL, START_LLM_CALL, type TestJob } from "../kit/world.js";

const MEBIBYTE = 1024 * 1024;
/** What the gateway reads of an answer at most; and room for what the system buffers on the way. */
const ANSWER_MAX_BYTES = 32 * MEBIBYTE;
const BUFFERS_BYTES = 24 * MEBIBYTE;
const ATTEMPTS = `query ($id: ID!) { llmCall(id: $id) { attempts { status errorKind usage { source } } } }`;

/** Jobs whose group has one model, which behaves like this. */
function bench(gateway: ReturnType<typeof useGateway>) {
  const jobWith = async (...behaviours: [Behaviour, ...Behaviour[]]): Promise<TestJob> => {
    const model = name("model");
    gateway.upstream.on(model, ...behaviours);
    return (await gateway.world.team({ models: [model], credits: 100 })).job();
  };
  const attemptsOf = async (job: TestJob, id: string) =>
    (await job.team.client.data(ATTEMPTS, { id })).llmCall.attempts;
  /** A call made in both ways, each on a job of its own: plain and streamed. */
  const both = async (behaviour: () => Behaviour) => {
    const [plainJob, streamJob] = [await jobWith(behaviour()), await jobWith(behaviour())];
    const events = gateway.socket(streamJob.team.secret).stream(streamJob.callInput());
    const [plain, { call: stream }] = await Promise.all([plainJob.call(), events.until("LlmCallFinished")]);
    return [
      { job: plainJob, call: plain, attempts: await attemptsOf(plainJob, plain.id) },
      { job: streamJob, call: stream, attempts: await attemptsOf(streamJob, stream.id) },
    ];
  };
  return { jobWith, attemptsOf, both };
}

describe("an upstream that misbehaves", { timeout: 60_000 }, () => {
  // The embedded database would take its time, and its memory, for huge answers in this very process.
  const gateway = useGateway({ upstream: "scripted", engine: hasPostgres() ? "postgres" : "embedded" });
  const { jobWith, attemptsOf, both } = bench(gateway);

  it.each<[string, () => Behaviour, string, string | null]>([
    ["does not have the model", () => error(404), "unavailable", null],
    [
      "answers with a page of HTML",
      () => garbage("<html><body>Hello</body></html>", "text/html"),
      "malformed",
      "UNKNOWN",
    ],
    ["answers with an image", () => garbage("\u0000\u0001PNG", "image/png"), "malformed", "UNKNOWN"],
    ["answers with nothing", () => garbage("", "application/json"), "malformed", "UNKNOWN"],
    ["answers with JSON cut short", () => garbage('{"choices": [{"mess'), "malformed", "UNKNOWN"],
    ["answers with JSON of another kind", () => garbage('{"choices": "none"}'), "malformed", "UNKNOWN"],
    [
      "answers with events that are no JSON",
      () => garbage("data: hello\n\n", "text/event-stream"),
      "malformed",
      "UNKNOWN",
    ],
    ["answers with an empty stream", () => garbage("", "text/event-stream"), "truncated", "UNKNOWN"],
    ["cuts the connection in its answer", () => cut(), "truncated", "UNKNOWN"],
    ["sends headers without end", () => endlessHeaders(), "malformed", "UNKNOWN"],
  ])("%s: the call has FAILED, and says why", async (_, behaviour, kind, usage) => {
    for (const { job, call, attempts } of await both(behaviour)) {
      expect(call).toMatchObject({ status: "FAILED", error: { code: "UPSTREAM_FAILED" } });
      expect(attempts).toEqual([{ status: "FAILED", errorKind: kind, usage: usage && { source: usage } }]);
      const { costs } = await job.complete();
      expect(costs).toMatchObject({ failedCalls: 1, runningCalls: 0, unknownUsageCalls: usage ? 1 : 0 });
    }
  });

  it("that cuts connections before it answers is asked again, and then given up", async () => {
    const job = await jobWith(cut("before-answer"));
    const call = await job.call();
    expect(call).toMatchObject({ status: "FAILED", error: { code: "UPSTREAM_FAILED" }, usage: { source: "UNKNOWN" } });
    const attempts = await attemptsOf(job, call.id);
    expect(attempts).toMatchObject(Array.from({ length: 3 }, () => ({ errorKind: "unavailable" })));
  });

  it.each([
    ["a plain answer", "x".repeat(64 * 1024), "application/json", 200, "malformed"],
    ["an error", "x".repeat(64 * 1024), "application/json", 400, "invalid-request"],
    ["a stream of one event", "x".repeat(64 * 1024), "text/event-stream", 200, "malformed"],
    ["a stream of comments", `: ${"x".repeat(1_000)}\n\n`, "text/event-stream", 200, "malformed"],
    ["a stream of deltas", deltaOf("word ".repeat(4_000)), "text/event-stream", 200, "malformed"],
    ["a stream of deltas without a space", deltaOf("x".repeat(20_000)), "text/event-stream", 200, "malformed"],
  ])("%s that never ends is cut off, and nothing else is held up", async (what, piece, contentType, status, kind) => {
    const behaviour = endless(piece, contentType, status);
    const job = await jobWith(behaviour);
    const delay = monitorEventLoopDelay({ resolution: 10 });
    const before = process.memoryUsage().rss;
    delay.enable();
    const call = await job.call();
    const bytes = await behaviour.closed;
    delay.disable();
    expect(call).toMatchObject({ status: "FAILED", error: { code: "UPSTREAM_FAILED" } });
    expect(await attemptsOf(job, call.id)).toMatchObject([{ errorKind: kind }]);
    expect(bytes).toBeLessThan(ANSWER_MAX_BYTES + BUFFERS_BYTES);
    const grown = Math.round((process.memoryUsage().rss - before) / MEBIBYTE);
    report(what, { sentMiB: Math.round(bytes / MEBIBYTE), grownMiB: grown, delayMaxMs: Math.round(delay.max / 1e6) });
    expect(grown).toBeLessThan(400);
    // Ten times what it takes on a machine that has nothing else to do.
    expect(delay.max / 1e6).toBeLessThan(5_000);
  });

  it("leaves no connection behind that is not kept alive for the next call", async () => {
    const job = await jobWith(streamed(["Yes"]));
    await Promise.all(Array.from({ length: 5 }, () => job.call()));
    const before = gateway.upstream.openSockets;
    const kinds = [];
    for (const behaviour of [
      () => cut(),
      () => endless("x".repeat(64 * 1024), "text/event-stream"),
      () => endlessHeaders(),
    ])
      for (const { job: asked, call, attempts } of await both(behaviour)) {
        expect(call).toMatchObject({ status: "FAILED", error: { code: "UPSTREAM_FAILED" } });
        kinds.push(attempts[0].errorKind);
        expect((await asked.complete()).costs).toMatchObject({ totalCalls: 1, failedCalls: 1, unknownUsageCalls: 1 });
      }
    expect(kinds).toEqual(["truncated", "truncated", "malformed", "malformed", "malformed", "malformed"]);
    await expect.poll(() => gateway.upstream.openSockets).toBeLessThanOrEqual(before);
  });
});

describe("an upstream that is late", { timeout: 60_000 }, () => {
  const LIMIT_MS = 1_500;
  const limits = { UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: `${LIMIT_MS}`, UPSTREAM_IDLE_TIMEOUT_MS: `${LIMIT_MS}` };
  const gateway = useGateway({ upstream: "scripted", env: limits });
  const { jobWith, attemptsOf, both } = bench(gateway);

  it.each<[string, () => Behaviour & { closed: Promise<unknown> }]>([
    ["never answers", hang],
    ["stops in its headers", stuckInHeaders],
    ["stops in its answer", stall],
  ])("and %s is given up in time, and its connection closed", async (_, behaviour) => {
    const made: { closed: Promise<unknown> }[] = [];
    const answers = await both(() => {
      const one = behaviour();
      made.push(one);
      return one;
    });
    for (const { call, attempts } of answers) {
      expect(call).toMatchObject({
        status: "FAILED",
        error: { code: "UPSTREAM_TIMEOUT" },
        usage: { source: "UNKNOWN" },
      });
      expect(attempts).toMatchObject([{ errorKind: "timeout" }]);
    }
    await Promise.all(made.map(({ closed }) => closed));
  });

  it("in the middle of a stream is given up, and what came is kept", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const events = gateway.socket(job.team.secret).stream(job.callInput());
    await events.next();
    await upstream.arrived;
    upstream.text("Once upon a");
    const { call } = await events.until("LlmCallFinished");
    expect(call).toMatchObject({
      status: "FAILED",
      content: "Once upon a",
      error: { code: "UPSTREAM_TIMEOUT" },
      usage: { completionTokens: 3, source: "ESTIMATED" },
    });
    expect(await attemptsOf(job, call.id)).toMatchObject([{ errorKind: "timeout" }]);
    await upstream.closed;
  });
});

describe("more calls at once than there is room for", { timeout: 60_000 }, () => {
  const limits = { CALLS_RUNNING_OF_TEAM_MAX: "2", CALLS_RUNNING_MAX: "5" };
  const gateway = useGateway({ upstream: "scripted", env: limits });
  const { jobWith } = bench(gateway);
  const overloaded = { code: "OVERLOADED", status: 503, retryable: true };
  const codesOf = (answers: { errors: { extensions: { code: string } }[] | undefined }[]) =>
    answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "ok").sort();

  it("are refused at once beyond a team's limit, in every way, and leave nothing behind", async () => {
    const calls = [held(), held()] as const;
    const job = await jobWith(...calls);
    const { client, secret } = job.team;
    const burst = Array.from({ length: 30 }, (_, index) =>
      client.send(RUN_LLM_CALL, {
        input: job.callInput(index % 3 ? {} : { jobId: null }),
      }),
    );
    const refused = await firstOf(burst, 28);
    expect(codesOf(refused)).toEqual(Array(28).fill("OVERLOADED"));
    await Promise.all(calls.map(({ arrived }) => arrived));
    expect(unsettledCalls(gateway.app)).toBe(2);
    expect(codesOf([await client.send(START_LLM_CALL, { input: job.callInput() })])).toEqual(["OVERLOADED"]);
    await expect(gateway.socket(secret).stream(job.callInput()).next()).rejects.toMatchObject(overloaded);
    for (const { release } of calls) release();
    await Promise.all(burst);
    await expect.poll(() => unsettledCalls(gateway.app)).toBe(0);
    // Only what was admitted has a row, or a hold.
    const { jobs } = await client.data("{ jobs { nodes { costs { totalCalls runningCalls } } } }");
    const total = jobs.nodes.reduce(
      (sum: number, each: { costs: { totalCalls: number } }) => sum + each.costs.totalCalls,
      0,
    );
    expect(total).toBe(2);
    expect(await job.call()).toMatchObject({ status: "SUCCEEDED" });
  });

  it("never overshoot the limit of all teams together", async () => {
    const jobs = await Promise.all(Array.from({ length: 4 }, () => jobWith(hang())));
    const before = gateway.upstream.requests.length;
    const burst = jobs.flatMap((job) =>
      Array.from({ length: 3 }, () => job.team.client.send(START_LLM_CALL, { input: job.callInput() })),
    );
    const codes = codesOf(await Promise.all(burst));
    expect(codes).toEqual([...Array(7).fill("OVERLOADED"), ...Array(5).fill("ok")]);
    await gateway.upstream.received(before + 5);
    expect(unsettledCalls(gateway.app)).toBe(5);
    await Promise.all(
      jobs.map((job) => job.team.client.data(COMPLETE_JOB, { input: { jobId: job.id, status: "CANCELLED" } })),
    );
    expect(gateway.upstream.requests.length).toBe(before + 5);
    expect(unsettledCalls(gateway.app)).toBe(0);
  });

  it("give their places back however they end", async () => {
    const behaviours = [error(401), cut(), garbage(), streamed(["Yes"]), hang(), hang()] as const;
    const job = await jobWith(...behaviours);
    const { client } = job.team;
    for (let count = 0; count < 4; count++) await job.call();
    await client.refusal("MODEL_GROUP_NOT_ALLOWED", RUN_LLM_CALL, { input: job.callInput({ modelGroup: "No" }) });
    for (const behaviour of behaviours.slice(4)) {
      const { startLlmCall } = await client.data(START_LLM_CALL, { input: job.callInput() });
      await (behaviour as ReturnType<typeof hang>).arrived;
      await client.data(CANCEL_LLM_CALL, { id: startLlmCall.id });
    }
    expect(unsettledCalls(gateway.app)).toBe(0);
    const two = await Promise.all([job, job].map(() => client.send(START_LLM_CALL, { input: job.callInput() })));
    expect(codesOf(two)).toEqual(["ok", "ok"]);
    await job.complete({ status: "FAILED" });
  });
});

function deltaOf(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
}

/** The first so many of some promises to be fulfilled. */
function firstOf<Value>(promises: readonly Promise<Value>[], count: number): Promise<Value[]> {
  const values: Value[] = [];
  return new Promise((resolve, reject) => {
    for (const promise of promises)
      promise.then((value) => {
        values.push(value);
        if (values.length === count) resolve([...values]);
      }, reject);
  });
}

import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { limitsOf, RESET_KEY, RESET_TEAM } from "../../kit/limits.js";
import { answer, cut, error, hang, held } from "../../kit/upstream/upstream-behaviours.js";
import { CANCEL_LLM_CALL, CREATE_JOB, name, RUN_LLM_CALL, START_LLM_CALL, type TestTeam } from "../../kit/world.js";

const clock = new FakeClock();
const gateway = useGateway({ upstream: "scripted", clock });
const MINUTE = 60_000;
const CREATE_KEY =
  "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { virtualKey key { id } } }";

type Limits = Readonly<Record<string, unknown>>;

/** A team with these limits, whose model answers as scripted. */
async function limited(limits: Limits | null, ...behaviours: Parameters<typeof gateway.upstream.on>[1][]) {
  const model = name("model");
  if (behaviours.length > 0) gateway.upstream.on(model, ...(behaviours as [(typeof behaviours)[0]]));
  const team = await gateway.world.team({ models: [model], credits: 200 });
  const admin = limitsOf(gateway.admin, team);
  if (limits) await admin.set(limits);
  const job = await team.job();
  const run = (input: Limits = {}) => team.client.send(RUN_LLM_CALL, { input: job.callInput(input) });
  const refused = async (input: Limits = {}) =>
    (await team.client.refusal("RATE_LIMITED", RUN_LLM_CALL, { input: job.callInput(input) })).extensions;
  return { team, model, job, admin, run, refused };
}
const asked = (model: string) => gateway.upstream.requests.filter(({ body }) => body.model === model).length;

async function furtherKey({ id }: TestTeam, limits?: Limits) {
  const input = { teamId: id, ...(limits && { limits }) };
  const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input });
  return { keyId: createVirtualKey.key.id as string, client: gateway.client(createVirtualKey.virtualKey) };
}

describe("requests a minute", () => {
  it("are refused beyond the limit, before anything is bought, and say whose limit it is and when to come back", async () => {
    const { team, model, job, run, refused } = await limited({ requestsPerMinute: 2 });
    for (let call = 0; call < 2; call++) expect((await run()).data.runLlmCall.status).toBe("SUCCEEDED");
    await clock.advance(20_000);
    const { message, extensions } = await team.client.refusal("RATE_LIMITED", RUN_LLM_CALL, {
      input: job.callInput({ jobId: null }),
    });
    expect(message).toBe("The team may begin 2 calls a minute, and has begun 2. Try again in 40 seconds.");
    expect(extensions).toEqual({
      code: "RATE_LIMITED",
      status: 429,
      retryable: true,
      limit: "REQUESTS",
      of: "TEAM",
      allowed: 2,
      used: 2,
      retryAfterMs: 40_000,
    });
    expect(asked(model)).toBe(2);
    expect(await team.credits()).toMatchObject({ held: 1 });
    await clock.advance(39_999);
    expect(await refused()).toMatchObject({ retryAfterMs: 1 });
    await clock.advance(1);
    expect((await run()).errors).toBeUndefined();
  });

  it("count a call that the team, its credits or its job refuse, but not the input that is wrong", async () => {
    const { team, job, run, refused } = await limited({ requestsPerMinute: 2 });
    await team.client.refusal("INVALID_INPUT", RUN_LLM_CALL, { input: job.callInput({ temperature: 9 }) });
    await team.client.refusal("MODEL_GROUP_NOT_ALLOWED", RUN_LLM_CALL, { input: job.callInput({ modelGroup: "No" }) });
    expect((await run()).errors).toBeUndefined();
    expect(await refused()).toMatchObject({ limit: "REQUESTS", used: 2 });
  });

  it("do not count the repetition of a request, which also gets its answer when the limit is reached", async () => {
    const { job, run, refused } = await limited({ requestsPerMinute: 2 });
    const idempotencyKey = name("key");
    const first = await run({ idempotencyKey });
    expect(first.extensions).toHaveProperty("rateLimit");
    for (let again = 0; again < 3; again++) {
      const { data, extensions } = await run({ idempotencyKey });
      expect(data).toEqual(first.data);
      expect(extensions?.rateLimit).toBeUndefined();
    }
    expect((await run()).errors).toBeUndefined();
    expect((await run({ idempotencyKey })).data).toEqual(first.data);
    await refused();
    expect((await job.read()).costs.totalCalls).toBe(2);
  });

  it("are those of the team and those of the key: what one has taken is given back if the other refuses", async () => {
    const { team, job, admin, run, refused } = await limited({ requestsPerMinute: 3 });
    await admin.setOfKey({ requestsPerMinute: 1 });
    expect((await run()).errors).toBeUndefined();
    for (let call = 0; call < 5; call++) expect(await refused()).toMatchObject({ of: "KEY", allowed: 1, used: 1 });
    const other = await furtherKey(team);
    const input = job.callInput();
    for (let call = 0; call < 2; call++) await other.client.data(RUN_LLM_CALL, { input });
    const { extensions } = await other.client.refusal("RATE_LIMITED", RUN_LLM_CALL, { input });
    expect(extensions).toMatchObject({ of: "TEAM", allowed: 3, used: 3 });
  });

  it("of a key are the team's for its keys, each by itself, where the key has none of its own", async () => {
    const { team, job, admin, run, refused } = await limited(null);
    await admin.setOfKeys({ requestsPerMinute: 1, concurrentCalls: 5 });
    const own = await furtherKey(team, { requestsPerMinute: 2 });
    expect((await run()).errors).toBeUndefined();
    expect(await refused()).toMatchObject({ of: "KEY", allowed: 1 });
    for (let call = 0; call < 2; call++) await own.client.data(RUN_LLM_CALL, { input: job.callInput() });
    await own.client.refusal("RATE_LIMITED", RUN_LLM_CALL, { input: job.callInput() });
    await admin.setOfKey({ requestsPerMinute: null }, own.keyId);
    await clock.advance(MINUTE);
    await own.client.data(RUN_LLM_CALL, { input: job.callInput() });
    await own.client.refusal("RATE_LIMITED", RUN_LLM_CALL, { input: job.callInput() });
  });

  it("do not limit what is no call", async () => {
    const { team, refused, run } = await limited({ requestsPerMinute: 1 });
    await run();
    await refused();
    await team.client.data(CREATE_JOB, { input: { jobType: "test" } });
    expect(await team.credits()).toMatchObject({ available: 198 });
  });
});

describe("tokens a minute", () => {
  const usage = (total: number) => answer({ usage: { prompt_tokens: total - 1, completion_tokens: 1 } });

  it("are reserved by an estimate, and the real usage takes its place at the end", async () => {
    const first = held({ usage: { prompt_tokens: 20, completion_tokens: 80 } });
    const { run, refused } = await limited({ tokensPerMinute: 1_000 }, first, usage(50));
    const running = run({ maxTokens: 900 });
    await first.arrived;
    // The question has 18 characters, and a message 4 tokens.
    expect(await refused({ maxTokens: 100 })).toMatchObject({ limit: "TOKENS", of: "TEAM", allowed: 1_000, used: 909 });
    first.release();
    await running;
    expect((await run({ maxTokens: 890 })).extensions?.rateLimit).toMatchObject({ tokens: { remaining: 1 } });
    expect(await refused({ maxTokens: 900 })).toMatchObject({ used: 150 });
    await clock.advance(MINUTE);
    expect((await run({ maxTokens: 900 })).errors).toBeUndefined();
  });

  it("let a call run that may need more than the whole limit, if its minute is empty", async () => {
    const { run, refused } = await limited({ tokensPerMinute: 100 }, usage(10), usage(500));
    expect((await run({ maxTokens: 10 })).errors).toBeUndefined();
    expect(await refused({ maxTokens: 5_000 })).toMatchObject({ allowed: 100, used: 10 });
    await clock.advance(MINUTE);
    expect((await run({ maxTokens: 5_000 })).errors).toBeUndefined();
    expect(await refused({ maxTokens: 1 })).toMatchObject({ used: 500 });
  });

  it("are given back by a call that used none, or was refused, and stay if nobody knows", async () => {
    const limits = { tokensPerMinute: 1_000 };
    const { team, job, run } = await limited(limits, error(401), cut("in-answer"), cut("in-answer"), cut("in-answer"));
    const left = async (input: Limits) => (await run(input)).extensions?.rateLimit?.tokens;
    expect(await left({ maxTokens: 491 })).toMatchObject({ remaining: 500 });
    await team.client.refusal("MODEL_GROUP_NOT_ALLOWED", RUN_LLM_CALL, { input: job.callInput({ modelGroup: "No" }) });
    expect(await left({ maxTokens: 491 })).toMatchObject({ remaining: 500 });
    expect(await left({ maxTokens: 91 })).toMatchObject({ remaining: 400 });
  });

  it("of a call that lasts beyond its minute count what it used beyond the estimate, and give nothing back", async () => {
    const [more, less] = [held({ usage: { prompt_tokens: 100, completion_tokens: 200 } }), held()];
    const { run } = await limited({ tokensPerMinute: 1_000 }, more, less, usage(1));
    const first = run({ maxTokens: 91 });
    await more.arrived;
    const second = run({ maxTokens: 391 });
    await less.arrived;
    await clock.advance(MINUTE);
    more.release();
    less.release();
    await Promise.all([first, second]);
    const { extensions } = await run({ maxTokens: 91 });
    expect(extensions?.rateLimit?.tokens).toMatchObject({ remaining: 1_000 - 200 - 100 });
  });
});

describe("calls at once", () => {
  it("are refused beyond the limit, until one has ended in whatever way", async () => {
    const calls = [hang(), held()] as const;
    const { team, job, run, refused } = await limited({ concurrentCalls: 2 }, ...calls, answer());
    const { startLlmCall } = await team.client.data(START_LLM_CALL, { input: job.callInput() });
    const second = run();
    await Promise.all(calls.map(({ arrived }) => arrived));
    expect(await refused()).toMatchObject({
      limit: "CONCURRENCY",
      of: "TEAM",
      allowed: 2,
      used: 2,
      retryAfterMs: 1_000,
    });
    await team.client.data(CANCEL_LLM_CALL, { id: startLlmCall.id });
    expect((await run()).errors).toBeUndefined();
    calls[1].release();
    expect((await second).errors).toBeUndefined();
  });

  it("count those that began before there was a limit, which end as they would have", async () => {
    const calls = [held(), held()] as const;
    const { admin, run, refused } = await limited(null, ...calls, answer());
    const running = calls.map(() => run());
    await Promise.all(calls.map(({ arrived }) => arrived));
    await admin.set({ concurrentCalls: 1 });
    expect(await refused()).toMatchObject({ allowed: 1, used: 2 });
    for (const { release } of calls) release();
    for (const call of running) expect((await call).data.runLlmCall.status).toBe("SUCCEEDED");
    expect((await run()).errors).toBeUndefined();
  });
});

describe("limits that are only measured", () => {
  it("let everything through, and count what they would have refused", async () => {
    const { admin, run, team } = await limited({ requestsPerMinute: 2, isEnforced: false });
    for (let call = 0; call < 5; call++) expect((await run()).errors).toBeUndefined();
    await runTasks(gateway.app);
    expect((await admin.read()).limits).toMatchObject({ wouldRefuse: 3 });
    await admin.set({ isEnforced: true });
    expect((await run()).errors).toBeDefined();
    await runTasks(gateway.app);
    expect((await admin.read()).limits).toMatchObject({ isEnforced: true, wouldRefuse: 4 });
    const reset = await gateway.admin.data(RESET_TEAM, { id: team.id });
    expect(reset.resetTeamCounters.limits).toMatchObject({ requestsPerMinute: 2, wouldRefuse: 0 });
    for (let call = 0; call < 2; call++) expect((await run()).errors).toBeUndefined();
  });

  it("are reset for a key by itself, and forget what was not written yet", async () => {
    const { admin, run, refused, team } = await limited(null);
    await admin.setOfKey({ requestsPerMinute: 1 });
    await run();
    await refused();
    await gateway.admin.data(RESET_KEY, { id: team.keyId });
    await runTasks(gateway.app);
    expect((await admin.read()).virtualKeys[0].limits).toMatchObject({ requestsPerMinute: 1, wouldRefuse: 0 });
    expect((await run()).errors).toBeUndefined();
    await refused();
  });
});

describe("an override", () => {
  it("holds until its time is over, and then the normal figures do", async () => {
    const { admin, run, refused } = await limited({ requestsPerMinute: 1 });
    const until = new Date(clock.now().getTime() + 30_000).toISOString();
    const shown = await admin.set({ override: { requestsPerMinute: 3, until } });
    expect(shown).toMatchObject({
      requestsPerMinute: 1,
      override: { requestsPerMinute: 3, tokensPerMinute: null, until },
    });
    for (let call = 0; call < 3; call++) expect((await run()).errors).toBeUndefined();
    expect(await refused()).toMatchObject({ allowed: 3 });
    await clock.advance(MINUTE);
    expect((await admin.read()).limits).toMatchObject({ requestsPerMinute: 1, override: null });
    await expect.poll(async () => (await run()).errors?.[0]?.extensions.allowed).toBe(1);
  });
});

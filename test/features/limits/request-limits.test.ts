import { describe, expect, it } from "vitest";
import { useLimitedTeams } from "../../kit/limits.js";
import { CREATE_JOB, name, RUN_LLM_CALL } from "../../kit/world.js";

const MINUTE = 60_000;
const { clock, gateway, limited, furtherKey } = useLimitedTeams();

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
    expect(gateway.upstream.requests.filter(({ body }) => body.model === model)).toHaveLength(2);
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

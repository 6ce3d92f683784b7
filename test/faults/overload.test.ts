import { describe, expect, it } from "vitest";
import { useGateway } from "../kit/gateway/gateway.js";
import { runTasks, unsettledCalls } from "../kit/gateway/tasks.js";
import { limitsOf, NO_LIMITS } from "../kit/limits.js";
import { jobsOn } from "../kit/upstream/jobs-on.js";
import { cut, error, garbage, hang, held } from "../kit/upstream/upstream-behaviours.js";
import { streamed } from "../kit/upstream/upstream-streams.js";
import { CANCEL_LLM_CALL, COMPLETE_JOB, RUN_LLM_CALL, START_LLM_CALL } from "../kit/world.js";

describe("more calls at once than there is room for", { timeout: 60_000 }, () => {
  const limits = { CALLS_RUNNING_OF_TEAM_MAX: "2", CALLS_RUNNING_MAX: "5" };
  const gateway = useGateway({ upstream: "scripted", env: limits });
  const { jobWith } = jobsOn(gateway);
  const limited = { code: "RATE_LIMITED", status: 429, retryable: true, limit: "CONCURRENCY", of: "TEAM", allowed: 2 };
  const codesOf = (answers: { errors: { extensions: { code: string } }[] | undefined }[]) =>
    answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "ok").sort();

  it("are refused at once above a team's limit, however they are made, and leave nothing behind", async () => {
    const calls = [held(), held()] as const;
    const job = await jobWith(...calls);
    const { client, secret } = job.team;
    const burst = Array.from({ length: 30 }, (_, index) =>
      client.send(RUN_LLM_CALL, {
        input: job.callInput(index % 3 ? {} : { jobId: null }),
      }),
    );
    const refused = await firstOf(burst, 28);
    expect(codesOf(refused)).toEqual(Array(28).fill("RATE_LIMITED"));
    await Promise.all(calls.map(({ arrived }) => arrived));
    expect(unsettledCalls(gateway.app)).toBe(2);
    expect(codesOf([await client.send(START_LLM_CALL, { input: job.callInput() })])).toEqual(["RATE_LIMITED"]);
    // That is the process's own limit. The team has none.
    await runTasks(gateway.app);
    expect((await limitsOf(gateway.admin, job.team).read()).limits).toEqual(NO_LIMITS);
    await expect(gateway.socket(secret).stream(job.callInput()).next()).rejects.toMatchObject(limited);
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

  it("never exceed the limit of all teams together", async () => {
    const jobs = await Promise.all(Array.from({ length: 4 }, () => jobWith(hang())));
    const before = gateway.upstream.requests.length;
    const burst = jobs.flatMap((job) =>
      Array.from({ length: 3 }, () => job.team.client.send(START_LLM_CALL, { input: job.callInput() })),
    );
    const codes = codesOf(await Promise.all(burst));
    expect(codes.filter((code) => code === "ok")).toHaveLength(5);
    // The third call of a team meets its own limit, if the first two were admitted.
    expect(new Set(codes.slice(0, 7))).toContain("OVERLOADED");
    await gateway.upstream.received(before + 5);
    expect(unsettledCalls(gateway.app)).toBe(5);
    await Promise.all(
      jobs.map((job) => job.team.client.data(COMPLETE_JOB, { input: { jobId: job.id, status: "CANCELLED" } })),
    );
    expect(gateway.upstream.requests.length).toBe(before + 5);
    expect(unsettledCalls(gateway.app)).toBe(0);
  });

  it("give their slots back however they end", async () => {
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

/** Waits until so many of the promises are fulfilled, and returns their values. */
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

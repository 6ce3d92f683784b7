import { describe, expect, it } from "vitest";
import { useLimitedTeams } from "../../kit/limits.js";
import { answer, hang, held } from "../../kit/upstream/upstream-behaviours.js";
import { CANCEL_LLM_CALL, START_LLM_CALL } from "../../kit/world.js";

const { limited } = useLimitedTeams();

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

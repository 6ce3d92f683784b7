import { describe, expect, it } from "vitest";
import { useLimitedTeams } from "../../kit/limits.js";
import { answer, cut, error, held } from "../../kit/upstream/upstream-behaviours.js";
import { RUN_LLM_CALL } from "../../kit/world.js";

const MINUTE = 60_000;
const { clock, limited } = useLimitedTeams();

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
    const left = async (input: Record<string, unknown>) => (await run(input)).extensions?.rateLimit?.tokens;
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

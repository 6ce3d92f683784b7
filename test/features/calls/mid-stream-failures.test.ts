import { describe, expect, it } from "vitest";
import { attemptsOf, usdOf } from "../../kit/attempts.js";
import { textOf } from "../../kit/clients/ws.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { DEFAULT_USAGE } from "../../kit/upstream/upstream-behaviours.js";
import { cutStream, heldStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { START_LLM_CALL } from "../../kit/world.js";

describe("the attempts of a call, after a failure in the middle of a streamed answer", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const { jobWith, read, asked, price } = attemptsOf(gateway);
  const PIECES = ["Once ", "upon ", "a "];

  it("end, and what came is priced separately", async () => {
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

  it("start over if the caller asked for that: the client discards, and both attempts are billed", async () => {
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

  it("cannot start over with a single model: the call has FAILED, and what came is kept", async () => {
    const { job, models } = await jobWith(cutStream(PIECES));
    const events = await gateway
      .socket(job.team.secret)
      .stream(job.callInput({ onMidStreamFailure: "RESTART" }))
      .rest();
    expect(events.at(-1).call).toMatchObject({ status: "FAILED", content: PIECES.join("") });
    expect(events.some(({ __typename }) => __typename === "LlmCallModelSwitched")).toBe(false);
    expect(asked(models[0])).toBe(1);
  });

  it("show only the second answer to a reader that arrives late", async () => {
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

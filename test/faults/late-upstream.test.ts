import { describe, expect, it } from "vitest";
import { useGateway } from "../kit/gateway/gateway.js";
import { jobsOn } from "../kit/upstream/jobs-on.js";
import { type Behaviour, hang, stall } from "../kit/upstream/upstream-behaviours.js";
import { stuckInHeaders } from "../kit/upstream/upstream-floods.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";

describe("a call to an upstream that is late", { timeout: 60_000 }, () => {
  const LIMIT_MS = 1_500;
  const limits = { UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: `${LIMIT_MS}`, UPSTREAM_IDLE_TIMEOUT_MS: `${LIMIT_MS}` };
  const gateway = useGateway({ upstream: "scripted", env: limits });
  const { jobWith, attemptsOf, both } = jobsOn(gateway);

  it.each<[string, () => Behaviour & { closed: Promise<unknown> }]>([
    ["never answers", hang],
    ["stops in its headers", stuckInHeaders],
    ["stops in its answer", stall],
  ])("is given up in time, and its connection is closed, if the upstream %s", async (_, behaviour) => {
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
        usage: { completionTokens: 0, source: "ESTIMATED" },
      });
      expect(attempts).toMatchObject([{ errorKind: "timeout" }]);
    }
    await Promise.all(made.map(({ closed }) => closed));
  });

  it("is given up in the middle of a stream, and what came is kept", async () => {
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

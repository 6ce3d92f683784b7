import { monitorEventLoopDelay } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { report } from "../kit/report.js";
import { jobsOn } from "../kit/upstream/jobs-on.js";
import { type Behaviour, cut, error, garbage } from "../kit/upstream/upstream-behaviours.js";
import { endless, endlessHeaders } from "../kit/upstream/upstream-floods.js";
import { streamed } from "../kit/upstream/upstream-streams.js";

const MEBIBYTE = 1024 * 1024;
/** The gateway reads at most so much of an answer. The system may buffer some more on the way. */
const ANSWER_MAX_BYTES = 32 * MEBIBYTE;
const BUFFERS_BYTES = 24 * MEBIBYTE;

describe("a call to an upstream that misbehaves", { timeout: 60_000 }, () => {
  // The embedded database would take its time, and its memory, for huge answers in this very process.
  const gateway = useGateway({ upstream: "scripted", engine: hasPostgres() ? "postgres" : "embedded" });
  const { jobWith, attemptsOf, both } = jobsOn(gateway);

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
      "answers with events that are not JSON",
      () => garbage("data: hello\n\n", "text/event-stream"),
      "malformed",
      "UNKNOWN",
    ],
    ["answers with an empty stream", () => garbage("", "text/event-stream"), "malformed", "UNKNOWN"],
    ["cuts the connection in its answer", () => cut(), "truncated", "UNKNOWN"],
    ["sends headers without end", () => endlessHeaders(), "malformed", "UNKNOWN"],
  ])("has FAILED and says why, if the upstream %s", async (_, behaviour, kind, usage) => {
    for (const { job, call, attempts } of await both(behaviour)) {
      const code = kind === "unavailable" ? "UPSTREAM_REJECTED" : "UPSTREAM_FAILED";
      expect(call).toMatchObject({ status: "FAILED", error: { code } });
      expect(attempts).toEqual([{ status: "FAILED", errorKind: kind, usage: usage && { source: usage } }]);
      const { costs } = await job.complete();
      expect(costs).toMatchObject({ failedCalls: 1, runningCalls: 0, unknownUsageCalls: usage ? 1 : 0 });
    }
  });

  it("is tried again and then given up, if the upstream cuts connections before it answers", async () => {
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
  ])(
    "is cut off and holds up nothing else, if the answer is %s that never ends",
    async (what, piece, contentType, status, kind) => {
      const behaviour = endless(piece, contentType, status);
      const job = await jobWith(behaviour);
      const delay = monitorEventLoopDelay({ resolution: 10 });
      const before = process.memoryUsage().rss;
      delay.enable();
      const call = await job.call();
      const bytes = await behaviour.closed;
      delay.disable();
      const code = status === 400 ? "UPSTREAM_REJECTED" : "UPSTREAM_FAILED";
      expect(call).toMatchObject({ status: "FAILED", error: { code } });
      expect(await attemptsOf(job, call.id)).toMatchObject([{ errorKind: kind }]);
      expect(bytes).toBeLessThan(ANSWER_MAX_BYTES + BUFFERS_BYTES);
      const grown = Math.round((process.memoryUsage().rss - before) / MEBIBYTE);
      report(what, { sentMiB: Math.round(bytes / MEBIBYTE), grownMiB: grown, delayMaxMs: Math.round(delay.max / 1e6) });
      expect(grown).toBeLessThan(400);
      // Ten times what it takes on a machine that has nothing else to do.
      expect(delay.max / 1e6).toBeLessThan(5_000);
    },
  );

  it("leaves no connection open except those that are kept alive for the next call", async () => {
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

function deltaOf(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
}

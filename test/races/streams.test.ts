import { describe, expect, it } from "vitest";
import { type Events, textOf } from "../kit/clients/ws.js";
import { hasPostgres } from "../kit/database/database.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { seededRandom } from "../kit/random.js";
import { signalled } from "../kit/signalled.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { name, START_LLM_CALL, type TestJob } from "../kit/world.js";

const CLIENTS = 200;
const DROPPING = 20;
/** More than are kept one by one, so that the position of a reader that stays away for long is gone. */
const TOKENS = 5_000;
const BURST = 100;

describe.runIf(hasPostgres())("200 clients of one call, on PostgreSQL", () => {
  const gateway = useGateway({ engine: "postgres", upstream: "scripted" });

  it("end with the identical text, 20 of them dropping and resuming at random places", async () => {
    const { upstream, job, callId } = await runningCall();
    const progress = new Progress();
    const steady = Array.from({ length: CLIENTS - DROPPING - 1 }, () => readThrough(job, callId));
    const dropping = Array.from({ length: DROPPING }, (_, index) => readWithDrops(job, callId, progress, index));
    // One reader sets the pace, so that clients come and go while the call runs.
    const pace = gateway.socket(job.team.secret).follow(callId);
    const tokens = Array.from({ length: TOKENS }, (_, index) => `${index} `);
    for (let sent = 0; sent < TOKENS; sent += BURST) {
      for (const token of tokens.slice(sent, sent + BURST)) upstream.text(token);
      while ((pace.seen.at(-1)?.sequence ?? 0) < sent + BURST) await pace.next();
      progress.reach(sent + BURST);
    }
    upstream.finish();
    await pace.rest();
    progress.reach(Number.POSITIVE_INFINITY);

    const clients = await Promise.all([...steady, ...dropping]);
    const whole = tokens.join("");
    for (const [index, events] of [pace.seen, ...clients].entries()) {
      const who = `client ${index}`;
      expect(textOf(events) === whole, `${who} has the identical text`).toBe(true);
      const sequences = events.map(({ sequence }) => sequence);
      expect(sequences, who).toEqual([...new Set(sequences)].sort((a, b) => a - b));
      const ends = events.filter((event) => event.__typename === "LlmCallFinished");
      expect(ends, who).toHaveLength(1);
      expect(events.at(-1), who).toMatchObject({ sequence: TOKENS + 2, call: { status: "SUCCEEDED", content: whole } });
    }
    const replaced = clients.flat().filter((event) => event.__typename === "LlmCallSnapshot");
    expect(replaced.length, "clients that stayed away for too long").toBeGreaterThan(0);
    expect((await job.read()).costs).toMatchObject({ totalCalls: 1, successfulCalls: 1 });
    await expect.poll(() => gateway.app.gauges().openStreams).toBe(0);
    expect(gateway.upstream.requests).toHaveLength(1);
  }, 180_000);

  async function runningCall() {
    const upstream = heldStream();
    const model = name("model");
    gateway.upstream.on(model, upstream);
    const job = await (await gateway.world.team({ models: [model] })).job();
    const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input: job.callInput() });
    await upstream.arrived;
    return { upstream, job, callId: startLlmCall.id as string };
  }

  async function readThrough(job: TestJob, callId: string): Promise<Events["seen"]> {
    const reader = gateway.socket(job.team.secret).follow(callId);
    await reader.rest();
    return reader.seen;
  }

  /** Loses its connection five times, between two events or while it waits for one, and stays away for a while. */
  async function readWithDrops(
    job: TestJob,
    callId: string,
    progress: Progress,
    seed: number,
  ): Promise<Events["seen"]> {
    const random = seededRandom(seed);
    const seen: Events["seen"] = [];
    const after = () => seen.at(-1)?.sequence ?? 0;
    for (let drops = 0; drops < 5; drops++) {
      const socket = gateway.socket(job.team.secret);
      const reader = socket.follow(callId, after());
      for (let events = random.below(12); events > 0; events--) await reader.next();
      const waiting = random.below(2) === 0 ? reader.next().catch(() => undefined) : undefined;
      socket.drop();
      await waiting;
      seen.push(...reader.seen);
      if (seen.at(-1)?.__typename === "LlmCallFinished") return seen;
      await progress.until(after() + random.below(drops === 2 ? TOKENS : 600));
    }
    const reader = gateway.socket(job.team.secret).follow(callId, after());
    await reader.rest();
    return [...seen, ...reader.seen];
  }
});

/** How far the call has come, for those who wait until it has come that far. */
class Progress {
  private reached = 0;
  private waiting: { position: number; resolve: () => void }[] = [];

  reach(position: number): void {
    this.reached = position;
    for (const { resolve } of this.waiting.filter((one) => one.position <= position)) resolve();
    this.waiting = this.waiting.filter((one) => one.position > position);
  }

  until(position: number): Promise<void> {
    const { promise, resolve } = signalled<void>();
    this.waiting.push({ position, resolve });
    this.reach(this.reached);
    return promise;
  }
}

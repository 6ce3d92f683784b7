import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { textOf } from "../../kit/clients/ws.js";
import { expectSoundLedger } from "../../kit/database/ledger.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { remoteCall } from "../../kit/streams/remote-call.js";
import { startFollower, startOwner } from "../../kit/streams/replicated-log.js";
import { never } from "../../kit/streams/stream-log.js";

const LEASE_MS = 2_000;
/** How soon after the lease a call is settled, at the latest. It is some milliseconds, and this leaves room for a slow machine. */
const SETTLED_MS = 1_000;
/** Less than the 500 ms that a follower waits for the last items of a log whose process lives. */
const A_TAIL_MAY_COME_MS = 300;

describe.runIf(canReplicate())("a process that is killed while it runs a call", { timeout: 120_000 }, () => {
  const replicas = useReplicas({ CALL_LEASE_MS: String(LEASE_MS) });

  const RESTARTED = {
    __typename: "LlmCallFinished",
    call: { status: "FAILED", error: { code: "GATEWAY_RESTARTED" }, content: null },
  };

  it("leaves its followers elsewhere all that they got, and the truth about the end", async () => {
    const doomed = await replicas.start();
    const { team, upstream, id } = await remoteCall(replicas, doomed);
    const events = replicas.socket(replicas.b, team).follow(id);
    await events.until("LlmCallDelta");
    upstream.text("upon");
    await events.until("LlmCallDelta");
    await doomed.kill();
    const { db } = replicas.witness.database;
    const { leaseUntil } = await db.llmCall.findUniqueOrThrow({ where: { id } });
    const rest = await events.rest();
    const { finishedAt } = await db.llmCall.findUniqueOrThrow({ where: { id } });
    const lateMs = Number(finishedAt) - Number(leaseUntil);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(SETTLED_MS);
    expect(rest).toMatchObject([RESTARTED]);
    expect(textOf(events.seen)).toBe("Once upon");
    expect(rest[0].sequence).toBe(events.seen.length);
  });

  it("leaves nothing to wait for: what is missing of its log does not come", async () => {
    const { url } = replicas.redis;
    const [owner, follower] = [await startOwner(url, {}), await startFollower(url, {})];
    onTestFinished(async () => void (await Promise.all([owner.close(), follower.close()])));
    const isOver = async (key: string, isComplete: boolean) => {
      owner.log.append(key, "Once ");
      const reading = follower.replicas.read(key, 0, never);
      await reading.next();
      follower.end(key, isComplete);
      return Promise.race([reading.next().then(() => true), sleep(A_TAIL_MAY_COME_MS, false)]);
    };
    expect(await isOver(newId(), false)).toBe(true);
    expect(await isOver(newId(), true)).toBe(false);
  });

  it("leaves its own followers a log that they take up elsewhere", async () => {
    const doomed = await replicas.start();
    const { team, upstream, id, asked, asker } = await remoteCall(replicas, doomed);
    upstream.text("upon");
    await asked.until("LlmCallDelta");
    const written = async () => JSON.stringify(await replicas.redis.client.xrange(`tollgate:log:${id}`, "-", "+"));
    await expect.poll(written, { timeout: 5_000 }).toContain("upon");
    await doomed.kill();
    expect(await asker.closed).toBe(1006);
    const resumed = replicas.socket(replicas.b, team).follow(id, asked.seen.at(-1).sequence);
    const late = replicas.socket(replicas.c, team).follow(id);
    expect(await resumed.rest()).toMatchObject([RESTARTED]);
    await late.rest();
    expect(textOf(late.seen)).toBe("Once upon");
    expect(late.seen.at(-1)).toMatchObject(RESTARTED);
  });

  it("that is stopped instead tells its followers elsewhere the end before it goes", async () => {
    const stopped = await replicas.start({ SHUTDOWN_GRACE_MS: "500" });
    const { team, id } = await remoteCall(replicas, stopped);
    const events = replicas.socket(replicas.b, team).follow(id);
    await events.until("LlmCallDelta");
    stopped.signal("SIGTERM");
    expect(await events.rest()).toMatchObject([
      {
        __typename: "LlmCallFinished",
        call: { status: "FAILED", error: { code: "GATEWAY_RESTARTED" }, content: "Once " },
      },
    ]);
    expect(await stopped.ended).toBe(0);
  });

  it("that only stood still, and comes back, tells the end that another one has told, and charges nothing more", async () => {
    const still = await replicas.start();
    const ofJob = await remoteCall(replicas, still);
    const alone = await remoteCall(replicas, still, { jobId: undefined });
    const calls = [ofJob, alone];
    const there = calls.map(({ team, id }) => replicas.socket(replicas.b, team).follow(id));
    for (const events of there) await events.until("LlmCallDelta");
    still.signal("SIGSTOP");
    for (const { upstream } of calls) {
      upstream.text("upon");
      upstream.finish();
    }
    for (const events of there) expect(await events.rest()).toMatchObject([RESTARTED]);
    expect(await ofJob.team.credits()).toMatchObject({ used: 0, held: 1 });
    await ofJob.job.complete();
    still.signal("SIGCONT");
    for (const { asked } of calls) expect((await asked.rest()).at(-1)).toMatchObject(RESTARTED);
    expect(await ofJob.team.credits()).toMatchObject({ used: 1, held: 0 });
    expect((await ofJob.job.read()).costs).toMatchObject({ totalCalls: 1, failedCalls: 1, runningCalls: 0 });
    expect(await alone.team.credits()).toMatchObject({ used: 0 });
    await expectSoundLedger(replicas.witness.database.db);
  });

  it("charges nothing for what nobody knows, once the job is closed as failed", async () => {
    const doomed = await replicas.start();
    const { team, job, id } = await remoteCall(replicas, doomed);
    const events = replicas.socket(replicas.b, team).follow(id);
    await events.until("LlmCallDelta");
    await doomed.kill();
    await events.until("LlmCallFinished");
    await job.complete({ status: "FAILED", errorMessage: "The gateway restarted." });
    expect(await team.credits()).toMatchObject({ used: 0, held: 0 });
    await expectSoundLedger(replicas.witness.database.db);
  });
});

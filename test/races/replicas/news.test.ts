import { describe, expect, it } from "vitest";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { remoteCall } from "../../kit/streams/remote-call.js";
import { held } from "../../kit/upstream/upstream-behaviours.js";
import { CANCEL_LLM_CALL, COMPLETE_JOB, LLM_CALL, name, RUN_LLM_CALL } from "../../kit/world.js";

/**
 * What the processes tell each other takes effect before they look by themselves: each 500 ms for wishes and keys, and
 * each 250 ms for rows. Without news the median would be about half of that. A single measurement may meet such a look by
 * chance, and all of them a machine that is busy with something else, so that they are taken again then.
 */
const BEFORE_WISHES_MS = 200;
const BEFORE_ROWS_MS = 80;
const TRIES = 7;

describe.runIf(canReplicate())("what one process tells the others", { timeout: 120_000, retry: 3 }, () => {
  const replicas = useReplicas();

  /** The median of how long something takes. */
  async function medianMs(measure: () => Promise<number>): Promise<number> {
    const times: number[] = [];
    for (let tries = 0; tries < TRIES; tries++) times.push(await measure());
    return times.sort((a, b) => a - b)[Math.floor(TRIES / 2)] ?? Number.NaN;
  }

  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };

  it("cancels a call at once", async () => {
    const ms = await medianMs(async () => {
      const { team, id } = await remoteCall(replicas);
      const client = replicas.b.client(team.secret);
      return timed(async () => {
        const { cancelLlmCall } = await client.data(CANCEL_LLM_CALL, { id });
        expect(cancelLlmCall).toMatchObject({ status: "CANCELLED", content: "Once " });
      });
    });
    expect(ms).toBeLessThan(BEFORE_WISHES_MS);
  });

  it("ends the calls of a job that is closed as failed at once", async () => {
    const ms = await medianMs(async () => {
      const { team, job, upstream } = await remoteCall(replicas);
      const closing = replicas.b.client(team.secret);
      const closed = closing.data(COMPLETE_JOB, { input: { jobId: job.id, status: "FAILED" } });
      const took = await timed(() => upstream.closed);
      await closed;
      return took;
    });
    expect(ms).toBeLessThan(BEFORE_WISHES_MS);
  });

  it("ends a stream on C at once if its key is revoked on B, and refuses the key", async () => {
    const ms = await medianMs(async () => {
      const { team, id } = await remoteCall(replicas);
      const events = replicas.socket(replicas.c, team).follow(id);
      await events.until("LlmCallDelta");
      const ended = events.rest().catch((error: unknown) => error);
      const admin = replicas.b.client("sk-admin-key-change-me");
      return timed(async () => {
        await admin.data("mutation ($id: ID!) { revokeVirtualKey(id: $id) { status } }", { id: team.keyId });
        expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
        const { errors } = await replicas.c.client(team.secret).send("{ jobs { nodes { id } } }");
        expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
      });
    });
    expect(ms).toBeLessThan(BEFORE_WISHES_MS);
  });

  it("cancels the calls of a team that is suspended at once", async () => {
    const ms = await medianMs(async () => {
      const { team, upstream } = await remoteCall(replicas);
      const admin = replicas.b.client("sk-admin-key-change-me");
      return timed(async () => {
        await admin.data("mutation ($id: ID!) { suspendTeam(id: $id) { status } }", { id: team.id });
        await upstream.closed;
      });
    });
    expect(ms).toBeLessThan(BEFORE_WISHES_MS);
  });

  it("is that a job has changed, if one of them follows it with jobUpdated", async () => {
    const { witness, a, b } = replicas;
    const team = await witness.world.team({ credits: 100 });
    const [job, other] = [await team.job(), await team.job()];
    const query = "subscription ($id: ID!) { event: jobUpdated(jobId: $id) { status costs { totalCalls } } }";
    const updates = replicas.socket(b, team).events(query, { id: job.id });
    expect(await updates.next()).toMatchObject({ status: "PENDING" });
    await expect.poll(() => newsHas("watched", `job:${job.id}`)).toBe(true);
    for (const { id } of [job, other]) {
      await a.client(team.secret).data(RUN_LLM_CALL, { input: { ...job.callInput(), jobId: id } });
      await a.client(team.secret).data(COMPLETE_JOB, { input: { jobId: id } });
    }
    expect((await updates.rest()).at(-1)).toMatchObject({ status: "COMPLETED", costs: { totalCalls: 1 } });
    expect(await newsHas("changed", `job:${job.id}`)).toBe(true);
    expect(await newsHas("changed", `job:${other.id}`), "a job that nobody follows").toBe(false);
  });

  it("ends what waits on B for a plain call of A at once", async () => {
    const { witness, a, b } = replicas;
    const model = name("model");
    const ms = await medianMs(async () => {
      const upstream = held();
      witness.upstream.on(model, upstream);
      const team = await witness.world.team({ models: [model], credits: 100 });
      const job = await team.job();
      const input = job.callInput({ idempotencyKey: name("key") });
      const own = a.client(team.secret).data(RUN_LLM_CALL, { input });
      await upstream.arrived;
      const other = b.client(team.secret).data(RUN_LLM_CALL, { input });
      const { id } = await witness.database.db.llmCall.findFirstOrThrow({ where: { jobId: job.id } });
      await expect.poll(() => newsHas("watched", `call:${id}`)).toBe(true);
      upstream.release();
      const { runLlmCall } = await own;
      const took = await timed(() => other);
      expect((await other).runLlmCall).toEqual(runLlmCall);
      expect((await witness.admin.data(LLM_CALL, { id })).llmCall.status).toBe("SUCCEEDED");
      return took;
    });
    expect(ms).toBeLessThan(BEFORE_ROWS_MS);
  });

  /** Whether some process has said this of a topic. */
  async function newsHas(what: "watched" | "changed", topic: string): Promise<boolean> {
    const entries = await replicas.redis.client.xrevrange("tollgate:news", "+", "-");
    return entries.some(([, fields]) => JSON.parse(fields[3] ?? "{}")[what].includes(topic));
  }
});

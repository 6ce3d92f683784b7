import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { REVOKE_ORGANIZATION_KEY } from "../../kit/credentials.js";
import { ADMIN_KEY } from "../../kit/gateway/gateway.js";
import { canReplicate, useReplicasHere } from "../../kit/gateway/replicas.js";
import { stopWaits } from "../../kit/gateway/stop-waits.js";
import { DELETE_TEAM, ROTATE, SUSPEND_ORGANIZATION } from "../../kit/lifecycle.js";
import { remoteCall } from "../../kit/streams/remote-call.js";
import { held } from "../../kit/upstream/upstream-behaviours.js";
import { CANCEL_LLM_CALL, COMPLETE_JOB, LLM_CALL, name, RUN_LLM_CALL } from "../../kit/world.js";

const JOB_UPDATED = "subscription ($id: ID!) { event: jobUpdated(jobId: $id) { status } }";

/**
 * What the gateways tell each other takes effect although none of them looks by itself: their clocks stand still. In other
 * tests they are processes.
 */
describe.runIf(canReplicate())("what one gateway tells the others", { timeout: 20_000 }, () => {
  beforeAll(stopWaits);
  const replicas = useReplicasHere();
  afterAll(() => void vi.restoreAllMocks());

  it("cancels a call", async () => {
    const { team, id } = await remoteCall(replicas);
    const { cancelLlmCall } = await replicas.b.client(team.secret).data(CANCEL_LLM_CALL, { id });
    expect(cancelLlmCall).toMatchObject({ status: "CANCELLED", content: "Once " });
  });

  it("ends the calls of a job that is closed as failed", async () => {
    const { team, job, upstream } = await remoteCall(replicas);
    const closing = replicas.b.client(team.secret);
    const closed = closing.data(COMPLETE_JOB, { input: { jobId: job.id, status: "FAILED" } });
    await upstream.closed;
    expect((await closed).completeJob.job).toMatchObject({ status: "FAILED" });
  });

  it("ends a stream on C if its key is revoked on B, and refuses the key", async () => {
    const { team, id } = await remoteCall(replicas);
    const events = replicas.socket(replicas.c, team).follow(id);
    await events.until("LlmCallDelta");
    const ended = events.rest().catch((error: unknown) => error);
    const admin = replicas.b.client(ADMIN_KEY);
    await admin.data("mutation ($id: ID!) { revokeVirtualKey(id: $id) { status } }", { id: team.keyId });
    expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
    const { errors } = await replicas.c.client(team.secret).send("{ jobs { nodes { id } } }");
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  it("ends a stream on C if its organization's key is revoked on B, and refuses the key", async () => {
    const { team, id } = await remoteCall(replicas);
    const key = await replicas.witness.world.organizationKey(team.organizationId);
    const events = replicas.socket(replicas.c, key).follow(id);
    await events.until("LlmCallDelta");
    const ended = events.rest().catch((error: unknown) => error);
    await replicas.b.client(ADMIN_KEY).data(REVOKE_ORGANIZATION_KEY, { id: key.id });
    expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
    await replicas.c.client(key.secret).refusal("UNAUTHENTICATED", "{ jobs { nodes { id } } }");
  });

  it("cancels the calls of a team that is suspended", async () => {
    const { team, upstream } = await remoteCall(replicas);
    const admin = replicas.b.client(ADMIN_KEY);
    await admin.data("mutation ($id: ID!) { suspendTeam(id: $id) { status } }", { id: team.id });
    await upstream.closed;
  });

  it("cancels the calls of a team whose organization is suspended, or that is deleted", async () => {
    const admin = replicas.b.client(ADMIN_KEY);
    const one = await remoteCall(replicas);
    await admin.data(SUSPEND_ORGANIZATION, { id: one.team.organizationId });
    await one.upstream.closed;
    const other = await remoteCall(replicas);
    await admin.data(DELETE_TEAM, { id: other.team.id });
    await other.upstream.closed;
  });

  it("refuses on C a secret that is replaced on B, and ends its streams", async () => {
    const { team, id } = await remoteCall(replicas);
    const events = replicas.socket(replicas.c, team).follow(id);
    await events.until("LlmCallDelta");
    const ended = events.rest().catch((error: unknown) => error);
    await replicas.b.client(ADMIN_KEY).data(ROTATE, { id: team.keyId });
    expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
    await replicas.c.client(team.secret).refusal("UNAUTHENTICATED", "{ jobs { nodes { id } } }");
  });

  it("is each change of a job, if one of them follows it with jobUpdated", async () => {
    const { witness, a, b } = replicas;
    const team = await witness.world.team({ credits: 100 });
    const [job, other] = [await team.job(), await team.job()];
    const updates = replicas.socket(b, team).events(JOB_UPDATED, { id: job.id });
    expect(await updates.next()).toMatchObject({ status: "PENDING" });
    await expect.poll(() => newsOf("watched", `job:${job.id}`)).toBe(1);
    for (const { id } of [job, other]) {
      await a.client(team.secret).data(RUN_LLM_CALL, { input: { ...job.callInput(), jobId: id } });
      await a.client(team.secret).data(COMPLETE_JOB, { input: { jobId: id } });
    }
    // A follower gets at most four states a second. The clocks stand still, so that it gets one.
    expect(await updates.next()).not.toMatchObject({ status: "PENDING" });
    // The call was admitted and settled, and the job was completed.
    await expect.poll(() => newsOf("changed", `job:${job.id}`)).toBe(3);
    expect(await newsOf("changed", `job:${other.id}`), "a job that nobody follows").toBe(0);
  });

  it("ends what waits on B for a plain call of A", async () => {
    const { witness, a, b } = replicas;
    const [model, upstream] = [name("model"), held()];
    witness.upstream.on(model, upstream);
    const team = await witness.world.team({ models: [model], credits: 100 });
    const job = await team.job();
    const input = job.callInput({ idempotencyKey: name("key") });
    const own = a.client(team.secret).data(RUN_LLM_CALL, { input });
    await upstream.arrived;
    const other = b.client(team.secret).data(RUN_LLM_CALL, { input });
    const { id } = await witness.database.db.llmCall.findFirstOrThrow({ where: { jobId: job.id } });
    await expect.poll(() => newsOf("watched", `call:${id}`)).toBe(1);
    upstream.release();
    const { runLlmCall } = await own;
    expect((await other).runLlmCall).toEqual(runLlmCall);
    expect((await witness.admin.data(LLM_CALL, { id })).llmCall.status).toBe("SUCCEEDED");
  });

  /** How often one of them has said this of a topic. */
  async function newsOf(what: "watched" | "changed", topic: string): Promise<number> {
    const entries = await replicas.redis.client.xrevrange("tollgate:news", "+", "-");
    const topics: string[] = entries.flatMap(([, fields]) => JSON.parse(fields[3] ?? "{}")[what]);
    return topics.filter((each) => each === topic).length;
  }
});

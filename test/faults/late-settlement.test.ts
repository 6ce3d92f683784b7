import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { usePostgres } from "../kit/database/use-postgres.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { unsettledCalls } from "../kit/gateway/tasks.js";
import { type Behaviour, held } from "../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { LLM_CALL, name, RUN_LLM_CALL, START_LLM_CALL, type TestJob } from "../kit/world.js";

describe.runIf(hasPostgres())("calls that end while the database is away", { timeout: 120_000 }, () => {
  const postgres = usePostgres();
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({ databaseUrl: postgres.url, upstream: "scripted" });
  });
  afterAll(async () => {
    await gateway?.close();
  });

  async function jobWith(...behaviours: [Behaviour, ...Behaviour[]]): Promise<TestJob> {
    const model = name("model");
    gateway.upstream.on(model, ...behaviours);
    return (await gateway.world.team({ models: [model] })).job();
  }
  const callOf = async (id: string) => (await gateway.admin.data(LLM_CALL, { id })).llmCall;

  it("are kept, and settled with their answer and cost when it is back", async () => {
    const [plain, stream, ofItsOwn] = [held(), heldStream(), held()];
    const [plainJob, streamJob, other] = [await jobWith(plain), await jobWith(stream), await jobWith(ofItsOwn)];
    const input = plainJob.callInput({ idempotencyKey: name("key") });
    const ran = plainJob.team.client.send(RUN_LLM_CALL, { input });
    const events = gateway.socket(streamJob.team.secret).stream(streamJob.callInput());
    const { callId } = await events.next();
    const { startLlmCall } = await other.team.client.data(START_LLM_CALL, { input: other.callInput({ jobId: null }) });
    await Promise.all([plain.arrived, stream.arrived, ofItsOwn.arrived]);
    stream.text("Once ");
    await events.until("LlmCallDelta");

    await postgres.stop();
    plain.release();
    ofItsOwn.release();
    stream.text("upon");
    stream.finish();
    const { errors } = await ran;
    expect(errors).toMatchObject([{ extensions: { code: "UNAVAILABLE", retryable: true } }]);
    await stream.closed;
    // They are over, and each is kept until it can be settled.
    await areRunning(0);
    expect(unsettledCalls(gateway.app)).toBe(3);

    await postgres.start();
    await expect.poll(() => unsettledCalls(gateway.app), { timeout: 30_000 }).toBe(0);
    const { runLlmCall } = await plainJob.team.client.data(RUN_LLM_CALL, { input });
    expect(runLlmCall).toMatchObject({
      status: "SUCCEEDED",
      content: "This is a scripted answer.",
      usage: { totalTokens: 18 },
    });
    expect(await callOf(callId)).toMatchObject({ status: "SUCCEEDED", content: "Once upon" });
    expect(await callOf(startLlmCall.id)).toMatchObject({ status: "SUCCEEDED", job: { status: "COMPLETED" } });
    expect((await plainJob.complete()).costs).toMatchObject({ totalCalls: 1, successfulCalls: 1, totalTokens: 18 });
    expect(await other.team.credits()).toMatchObject({ used: 1, held: 1 });
    expect((await events.rest()).at(-1)).toMatchObject({
      __typename: "LlmCallFinished",
      call: { content: "Once upon" },
    });
    await expectSoundLedger(gateway.database.db);
  });

  it("do not wait for one that cannot be settled at all", async () => {
    const [lost, kept] = [held(), held()];
    const [lostJob, keptJob] = [await jobWith(lost), await jobWith(kept)];
    const start = async (job: TestJob) =>
      (await job.team.client.data(START_LLM_CALL, { input: job.callInput() })).startLlmCall.id as string;
    const ids = [await start(lostJob), await start(keptJob)] as const;
    await Promise.all([lost.arrived, kept.arrived]);
    const { db } = gateway.database;
    await db.job.update({ where: { id: lostJob.id }, data: { totalCalls: 0, runningCalls: 0 } });
    await db.llmCall.delete({ where: { id: ids[0] } });
    await postgres.stop();
    lost.release();
    await areRunning(1);
    kept.release();
    await areRunning(0);
    await postgres.start();
    await expect.poll(() => unsettledCalls(gateway.app), { timeout: 30_000 }).toBe(0);
    expect(await callOf(ids[1])).toMatchObject({ status: "SUCCEEDED" });
  });

  it("do not wait for one whose job somebody holds a lock on", async () => {
    const upstreams = [held(), held()] as const;
    const jobs = [await jobWith(upstreams[0]), await jobWith(upstreams[1])] as const;
    const lockers = [await connect(), await connect()] as const;
    const ids: string[] = [];
    for (const [index, job] of jobs.entries()) {
      const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input: job.callInput() });
      ids.push(startLlmCall.id);
      await upstreams[index]?.arrived;
      await lockers[index]?.query("BEGIN");
      await lockers[index]?.query("SELECT FROM jobs WHERE id = $1 FOR UPDATE", [job.id]);
    }
    for (const [index, upstream] of upstreams.entries()) {
      upstream.release();
      await areRunning(1 - index);
    }
    expect(unsettledCalls(gateway.app)).toBe(2);
    await lockers[1].end();
    await expect.poll(() => unsettledCalls(gateway.app), { timeout: 15_000 }).toBe(1);
    expect(await callOf(ids[1] as string)).toMatchObject({ status: "SUCCEEDED" });
    await lockers[0].end();
    await expect.poll(() => unsettledCalls(gateway.app), { timeout: 15_000 }).toBe(0);
    expect(await callOf(ids[0] as string)).toMatchObject({ status: "SUCCEEDED" });
  });

  async function connect(): Promise<Client> {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    return client;
  }

  const areRunning = (calls: number) =>
    expect.poll(() => gateway.app.gauges().runningCalls, { timeout: 30_000, interval: 20 }).toBe(calls);
});

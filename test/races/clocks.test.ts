import { describe, expect, it, onTestFinished } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { startGateway } from "../kit/gateway/gateway.js";
import { startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { held } from "../kit/upstream/upstream-behaviours.js";
import { CREATE_JOB, name, RUN_LLM_CALL, TestJob } from "../kit/world.js";

const CREATE_KEY = "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { virtualKey } }";
const READ_KEY = "query ($id: ID!) { team(id: $id) { virtualKeys { name status } } }";
const AHEAD_MS = 400_000;
/** Less than the clock is wrong by, and more than the test takes. */
const SOON_MS = 300_000;

describe.runIf(hasPostgres())("a process whose wall clock is wrong by minutes", { timeout: 120_000 }, () => {
  it.each([AHEAD_MS, -AHEAD_MS])("ahead by %s ms, ends nothing of the others before its time", async (aheadMs) => {
    const databaseUrl = await createPostgresUrl();
    const one = await startGateway({ databaseUrl, upstream: "scripted", env: { CALL_LEASE_MS: String(SOON_MS) } });
    onTestFinished(() => one.close());
    // From now on only the other process runs tasks.
    await one.server.background.stop();
    const upstream = held();
    const model = name("model");
    one.upstream.on(model, upstream);
    const team = await one.world.team({ models: [model] });
    const job = await team.job();
    const call = job.call();
    await upstream.arrived;
    const due = await team.job();
    await one.database.db.job.update({ where: { id: due.id }, data: { expiresAt: new Date(Date.now() + SOON_MS) } });
    const expiresAt = new Date(Date.now() + SOON_MS).toISOString();
    const key = { teamId: team.id, name: "short-lived", expiresAt };
    const { virtualKey } = (await one.admin.data(CREATE_KEY, { input: key })).createVirtualKey;
    const settled = (id: string) =>
      expect
        .poll(async () => (await one.database.db.llmCall.findUnique({ where: { id } }))?.status, { timeout: 30_000 })
        .toBe("FAILED");
    const first = await orphan();

    const skewed = await startGatewayProcess({
      DATABASE_URL: databaseUrl,
      NODE_OPTIONS: "--import ./test/kit/skewed-clock.mjs",
      CLOCK_AHEAD_MS: String(aheadMs),
    });
    onTestFinished(() => skewed.kill());
    // Each round of its tasks that has settled an orphan has looked at all the others too.
    await settled(first);
    await settled(await orphan());
    await settled(await orphan());

    expect(
      (await one.admin.data("query ($id: ID!) { job(id: $id) { status costs { runningCalls } } }", { id: job.id })).job,
    ).toEqual({ status: "IN_PROGRESS", costs: { runningCalls: 1 } });
    expect((await due.read()).status).toBe("PENDING");
    const client = skewed.client(virtualKey);
    const { createJob } = await client.data(CREATE_JOB, { input: { jobType: "skewed" } });
    const { team: read } = await skewed.client(team.secret).data(READ_KEY, { id: team.id });
    expect(read.virtualKeys).toContainEqual({ name: "short-lived", status: "ACTIVE" });
    expect(Math.abs(Date.parse(createJob.createdAt) - Date.now())).toBeLessThan(30_000);
    const input = { ...new TestJob(createJob.id, team).callInput() };
    const { runLlmCall } = await client.data(RUN_LLM_CALL, { input });
    expect(runLlmCall).toMatchObject({ status: "SUCCEEDED" });
    for (const ms of [runLlmCall.latencyMs, runLlmCall.timeToFirstTokenMs]) expect(ms).toBeLessThan(30_000);
    upstream.release();
    expect(await call).toMatchObject({ status: "SUCCEEDED" });

    /** The id of a call whose process is dead. */
    async function orphan(): Promise<string> {
      const { id: jobId } = await team.job();
      const [id, createdAt, leaseUntil] = [crypto.randomUUID(), new Date(), new Date(0)];
      const data = { status: "IN_PROGRESS", startedAt: createdAt, totalCalls: 1, runningCalls: 1 } as const;
      await one.database.db.job.update({ where: { id: jobId }, data });
      await one.database.db.llmCall.create({
        data: { id, jobId, modelGroup: "gone", model: "gone", createdAt, leaseUntil },
      });
      return id;
    }
  });
});

import { request } from "node:http";
import { text } from "node:stream/consumers";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { GraphqlClient } from "../kit/clients/graphql.js";
import { SocketClient, textOf } from "../kit/clients/ws.js";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { ADMIN_KEY, type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { hang, held } from "../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { CREATE_JOB, LLM_CALL, name, RUN_LLM_CALL, START_LLM_CALL, type TestJob } from "../kit/world.js";

const JOB_UPDATED = "subscription ($id: ID!) { jobUpdated(jobId: $id) { status } }";

describe.runIf(hasPostgres())("a gateway that is told to stop", { timeout: 120_000 }, () => {
  /** Another gateway on the same database, which sees what became of it all. */
  let witness: Gateway;
  let databaseUrl: string;
  beforeAll(async () => {
    databaseUrl = await createPostgresUrl();
    witness = await startGateway({ databaseUrl, upstream: "scripted" });
  });
  afterAll(() => witness?.close());

  let gateway: GatewayProcess;
  let job: TestJob;
  let client: GraphqlClient;
  let models: [string, string];
  /** With a group for each of two models. */
  beforeEach(async () => {
    models = [name("model"), name("model")];
    const groups = await Promise.all(models.map((model) => witness.world.modelGroup([model])));
    job = await (await witness.world.team({ groups })).job();
  });

  async function start(shutdownGraceMs: number): Promise<void> {
    const env = {
      SHUTDOWN_GRACE_MS: `${shutdownGraceMs}`,
      DATABASE_URL: databaseUrl,
      UPSTREAM_URL: witness.upstream.url,
    };
    gateway = await startGatewayProcess(env);
    onTestFinished(() => gateway.kill());
    client = gateway.client(job.team.secret);
  }

  const callOf = async (id: string) => (await witness.admin.data(LLM_CALL, { id })).llmCall;
  const secondGroup = async () => {
    const { team } = await job.team.client.data("query ($id: ID!) { team(id: $id) { modelGroups { name } } }", {
      id: job.team.id,
    });
    return team.modelGroups[1].name;
  };
  function socketOf(): SocketClient {
    const socket = new SocketClient(gateway.url, { Authorization: `Bearer ${job.team.secret}` });
    onTestFinished(() => socket.close());
    return socket;
  }
  /** Holds a job's row, so that calls in it are not admitted. */
  async function lockOf(jobId: string) {
    const [holder, observer] = [new Client(databaseUrl), new Client(databaseUrl)];
    for (const connection of [holder, observer]) {
      await connection.connect();
      onTestFinished(() => connection.end());
    }
    await holder.query("BEGIN");
    await holder.query("SELECT FROM jobs WHERE id = $1 FOR UPDATE", [jobId]);
    const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    return {
      isWaitedFor: () => expect.poll(async () => (await observer.query(waiting)).rowCount).toBe(1),
      release: () => holder.query("COMMIT"),
    };
  }
  const isStopping = () =>
    expect.poll(async () => (await fetch(`${gateway.url}/health/ready`)).status, { timeout: 20_000 }).toBe(503);

  it("refuses everything new, lets what runs end, sends sockets elsewhere, and exits with 0", async () => {
    await start(60_000);
    const [plain, stream] = [held(), heldStream()];
    witness.upstream.on(models[0], plain);
    witness.upstream.on(models[1], stream);
    const ran = client.data(RUN_LLM_CALL, { input: job.callInput() });
    const [streaming, idle] = [socketOf(), socketOf()];
    const events = streaming.stream(job.callInput({ modelGroup: await secondGroup() }));
    const jobs = idle.iterate(JOB_UPDATED, { id: job.id });
    await Promise.all([plain.arrived, stream.arrived, jobs.next(), events.next()]);
    stream.text("Once ");
    await events.until("LlmCallDelta");

    gateway.signal("SIGTERM");
    await isStopping();
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    const headers = { "content-type": "application/json", authorization: `Bearer ${job.team.secret}` };
    const body = JSON.stringify({ query: CREATE_JOB, variables: { input: { jobType: "late" } } });
    for (const [method, path] of [
      ["POST", "/graphql"],
      ["POST", "/graphql/stream"],
      ["GET", "/graphql?query=%7B__typename%7D"],
      ["GET", "/graphiql"],
      ["GET", "/no-such-page"],
    ] as const) {
      const response = await fetch(gateway.url + path, { method, headers, ...(method === "POST" && { body }) });
      await expectStopping(path, response.status, response.headers.get("retry-after"), await response.text());
    }
    for (const [path, shape] of [
      ["/api/teams", { detail: "The gateway is stopping." }],
      ["/v1/models", { error: { code: "unavailable", type: "server_error" } }],
    ] as const) {
      const response = await fetch(gateway.url + path, { headers });
      expect([response.status, Number(response.headers.get("retry-after"))], path).toEqual([503, 2]);
      expect(await response.json()).toMatchObject(shape);
    }
    const upgrade = await refusedUpgrade(gateway.url);
    await expectStopping("an upgrade", upgrade.status, upgrade.retryAfter, upgrade.body);
    // On a socket from before, reading goes on and new work is refused.
    const [{ errors }] = [(await idle.iterate(START_LLM_CALL, { input: job.callInput() }).next()).value];
    expect(errors[0].extensions).toMatchObject({ code: "UNAVAILABLE", retryable: true });

    const seen = events.rest();
    const lost = drained(jobs);
    plain.release();
    stream.text("upon");
    stream.finish();
    expect((await ran).runLlmCall).toMatchObject({ status: "SUCCEEDED" });
    const last = (await seen).at(-1);
    expect(last).toMatchObject({ __typename: "LlmCallFinished", call: { status: "SUCCEEDED", content: "Once upon" } });
    expect(textOf(events.seen)).toBe("Once upon");
    expect(await idle.closed).toBe(1001);
    // Not an error of the subscription, which a client would not take up again.
    expect(await lost).toMatchObject({ code: 1001 });
    expect(await gateway.ended).toBe(0);
    expect((await job.read()).costs).toMatchObject({ totalCalls: 2, successfulCalls: 2, runningCalls: 0 });
  });

  it("lets a call end that was still being admitted when the signal came", async () => {
    await start(60_000);
    const [plain, last] = [held(), held()];
    witness.upstream.on(models[0], plain);
    witness.upstream.on(models[1], last);
    const other = await job.team.job();
    const lock = await lockOf(other.id);
    const ran = client.data(RUN_LLM_CALL, { input: job.callInput() });
    await plain.arrived;
    const late = client.data(RUN_LLM_CALL, { input: other.callInput({ modelGroup: await secondGroup() }) });
    await lock.isWaitedFor();

    gateway.signal("SIGTERM");
    await isStopping();
    await lock.release();
    await last.arrived;
    plain.release();
    expect((await ran).runLlmCall).toMatchObject({ status: "SUCCEEDED" });
    last.release();
    expect((await late).runLlmCall).toMatchObject({ status: "SUCCEEDED", error: null });
    expect(await gateway.ended).toBe(0);
  });

  it("aborts and settles what is left after the grace, tells its readers, and exits with 0", async () => {
    await start(500);
    const [plain, stream] = [hang(), heldStream()];
    witness.upstream.on(models[0], plain);
    witness.upstream.on(models[1], stream);
    const ran = client.data(RUN_LLM_CALL, { input: job.callInput() });
    const events = socketOf().stream(job.callInput({ modelGroup: await secondGroup() }));
    await Promise.all([plain.arrived, stream.arrived, events.next()]);
    stream.text("Once upon a");
    await events.until("LlmCallDelta");

    gateway.signal("SIGTERM");
    const RESTARTED = { status: "FAILED", error: { code: "GATEWAY_RESTARTED" } };
    expect((await ran).runLlmCall).toMatchObject({ ...RESTARTED, usage: { source: "ESTIMATED" } });
    const { call } = (await events.rest()).at(-1);
    expect(call).toMatchObject({
      ...RESTARTED,
      content: "Once upon a",
      usage: { completionTokens: 3, source: "ESTIMATED" },
    });
    await Promise.all([plain.closed, stream.closed]);
    expect(await gateway.ended).toBe(0);
    expect(await callOf(call.id)).toMatchObject(RESTARTED);
    expect((await job.complete()).costs).toMatchObject({ failedCalls: 2, runningCalls: 0, estimatedCalls: 2 });
  });

  it("exits at once at a second signal, and another process settles what ran", async () => {
    await start(3_600_000);
    const behaviour = hang();
    witness.upstream.on(models[0], behaviour);
    const { startLlmCall } = await client.data(START_LLM_CALL, { input: job.callInput() });
    await behaviour.arrived;
    gateway.signal("SIGTERM");
    await isStopping();
    gateway.signal("SIGINT");
    expect(await gateway.ended).toBe(1);
    await behaviour.closed;
    expect(await callOf(startLlmCall.id)).toMatchObject({ status: "RUNNING" });
    await witness.database.db.llmCall.update({ where: { id: startLlmCall.id }, data: { leaseUntil: new Date(0) } });
    await runTasks(witness.app);
    expect(await callOf(startLlmCall.id)).toMatchObject({ status: "FAILED", error: { code: "GATEWAY_RESTARTED" } });
  });

  it("with nothing to do exits at once, even if clients keep connections open", async () => {
    await start(3_600_000);
    const socket = socketOf();
    await socket.iterate(JOB_UPDATED, { id: job.id }).next();
    await gateway.client(ADMIN_KEY).data("{ viewer { __typename } }");
    gateway.signal("SIGINT");
    expect(await socket.closed).toBe(1001);
    expect(await gateway.ended).toBe(0);
  });
});

async function expectStopping(what: string, status: number, retryAfter: string | null, body: string): Promise<void> {
  expect(status, what).toBe(503);
  expect(Number(retryAfter), what).toBeGreaterThan(0);
  const { errors } = JSON.parse(body);
  expect(errors, what).toMatchObject([
    { message: "The gateway is stopping.", extensions: { code: "UNAVAILABLE", status: 503, retryable: true } },
  ]);
}

/** What the refusal of a socket says. */
function refusedUpgrade(url: string): Promise<{ status: number; retryAfter: string | null; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol": "graphql-transport-ws",
    };
    request(`${url}/graphql`, { headers }, async (response) => {
      const retryAfter = response.headers["retry-after"] ?? null;
      resolve({ status: response.statusCode ?? 0, retryAfter, body: await text(response) });
    })
      .on("error", reject)
      .on("upgrade", () => reject(new Error("The socket was opened.")))
      .end();
  });
}

/** Reads to the end, and returns the error that this was. */
async function drained(results: AsyncIterableIterator<unknown>): Promise<unknown> {
  try {
    for (;;) if ((await results.next()).done) return undefined;
  } catch (error) {
    return error;
  }
}

import { Client } from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GraphqlAnswer } from "../kit/clients/graphql.js";
import { hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { startTcpProxy, type TcpProxy } from "../kit/database/tcp-proxy.js";
import { usePostgres } from "../kit/database/use-postgres.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { CREATE_JOB, RUN_LLM_CALL, type TestJob, type TestTeam } from "../kit/world.js";

/** Whatever the database does, a request is answered within this. */
const ANSWERED_MS = 20_000;

describe.runIf(hasPostgres())("when PostgreSQL is in trouble", { timeout: 60_000 }, () => {
  const postgres = usePostgres();
  const said: string[] = [];
  let network: TcpProxy;
  let gateway: Gateway;
  let team: TestTeam;
  let job: TestJob;
  beforeAll(async () => {
    const log = pino({ level: "debug" }, { write: (line: string) => void said.push(line) });
    const url = new URL(postgres.url);
    network = await startTcpProxy(Number(url.port));
    url.port = String(network.port);
    gateway = await startGateway({ databaseUrl: url.href, log });
    team = await gateway.world.team({ credits: 1_000 });
    job = await team.job();
  });
  afterAll(async () => {
    // Whatever the tests have left behind, the server is stopped.
    try {
      await gateway?.close();
    } finally {
      await network?.close();
    }
  });

  const createJob = () => team.client.send(CREATE_JOB, { input: { jobType: "fault" } });

  /** One of each way to the database: a read, a transaction, an admission, another credential's look-up. */
  const requests = (): Promise<GraphqlAnswer>[] => [
    team.client.send("{ jobs { nodes { id } } }"),
    createJob(),
    team.client.send(RUN_LLM_CALL, { input: job.callInput() }),
    team.client.send(RUN_LLM_CALL, { input: job.callInput({ jobId: undefined }) }),
    gateway.admin.send("query ($id: ID!) { team(id: $id) { id credits { available } } }", { id: team.id }),
    gateway.client(`sk-${"0".repeat(64)}`).send("{ viewer { __typename } }"),
  ];

  async function expectUnavailable(answers: Promise<GraphqlAnswer>[]): Promise<void> {
    const start = performance.now();
    for (const { errors, data } of await Promise.all(answers)) {
      expect(errors, JSON.stringify(data)).toHaveLength(1);
      expect(errors?.[0]?.extensions, errors?.[0]?.message).toMatchObject({
        code: "UNAVAILABLE",
        status: 503,
        retryable: true,
      });
    }
    expect(performance.now() - start).toBeLessThan(ANSWERED_MS);
  }

  async function expectWorking(): Promise<void> {
    const { errors } = await createJob();
    expect(errors).toBeUndefined();
    expect(await job.call()).toMatchObject({ status: "SUCCEEDED" });
    await expectSoundLedger(gateway.database.db);
  }

  const health = async (which: "live" | "ready") => (await fetch(`${gateway.url}/health/${which}`)).status;

  async function becomes(status: number): Promise<void> {
    await expect.poll(() => health("ready"), { timeout: ANSWERED_MS, interval: 20 }).toBe(status);
  }

  /** A connection beside the gateway's. */
  async function beside<Result>(act: (client: Client) => Promise<Result>): Promise<Result> {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return await act(client);
    } finally {
      await client.end();
    }
  }

  /** What a connection does while another one holds everything that jobs and calls need. */
  async function whileLocked(act: (client: Client) => Promise<void>): Promise<void> {
    await beside((locker) =>
      beside(async (client) => {
        await locker.query(
          "SET application_name = 'locker'; BEGIN; LOCK TABLE jobs, llm_calls IN ACCESS EXCLUSIVE MODE",
        );
        await act(client);
        await locker.query("ROLLBACK");
      }),
    );
  }

  /** Returns once the connections are gone. */
  const terminate = (client: Client) =>
    client.query(
      `SELECT pg_terminate_backend(pid, ${ANSWERED_MS}) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'locker'`,
    );

  /** Returns when so many of the gateway's connections wait for a lock. Not for a client in a transaction, which sees one moment only. */
  async function waiting(client: Client, count: number): Promise<void> {
    const ask = async () => {
      const { rows } = await client.query(
        "SELECT count(*)::integer AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
      );
      return rows[0].count;
    };
    await expect.poll(ask, { timeout: ANSWERED_MS, interval: 10 }).toBeGreaterThanOrEqual(count);
  }

  it("stopped: it says so at once, lives on, and works again when PostgreSQL does", async () => {
    expect(await health("ready")).toBe(200);
    await postgres.stop();
    await expectUnavailable(requests());
    await expectUnavailable(requests());
    expect(await health("live")).toBe(200);
    expect(await health("ready")).toBe(503);
    await postgres.start();
    await becomes(200);
    await expectWorking();
  });

  it("its connections cut while idle: the next request works", async () => {
    await Promise.all(requests());
    const before = said.length;
    const cut = await beside(async (client) => (await terminate(client)).rowCount ?? 0);
    expect(cut).toBeGreaterThan(0);
    await expect.poll(() => said.length - before, { timeout: ANSWERED_MS }).toBeGreaterThanOrEqual(cut);
    await expectWorking();
  });

  it("its connections cut in the middle of statements: these fail, the next request works", async () => {
    await whileLocked(async (client) => {
      const answers = [createJob(), createJob(), team.client.send(RUN_LLM_CALL, { input: job.callInput() })];
      await waiting(client, answers.length);
      await terminate(client);
      await expectUnavailable(answers);
    });
    await expectWorking();
  });

  it("all connections waiting for a lock: requests are refused in time, and they leave nothing behind", async () => {
    const before = await team.credits();
    await whileLocked(async (client) => {
      const answers = Array.from({ length: 20 }, createJob);
      // The jobs are opened together, on one connection; each list is read on one of its own.
      for (let count = 0; count < 20; count++) answers.push(team.client.send("{ jobs { nodes { id } } }"));
      await waiting(client, 10);
      expect(await health("ready")).toBe(503);
      await expectUnavailable(answers);
    });
    await becomes(200);
    expect(await team.credits()).toEqual(before);
    await expectWorking();
  });

  it("the credits of one team locked: its requests are refused, those of another team are served meanwhile", async () => {
    const other = await gateway.world.team({ credits: 10 });
    const before = await team.credits();
    await beside(async (locker) => {
      await locker.query("BEGIN");
      await locker.query("SELECT FROM credit_balances WHERE team_id = $1 FOR UPDATE", [team.id]);
      const refused = Array.from({ length: 100 }, createJob);
      const served = Array.from({ length: 5 }, () => other.client.send(CREATE_JOB, { input: { jobType: "fault" } }));
      for (const { errors } of await Promise.all(served)) expect(errors).toBeUndefined();
      await expectUnavailable(refused);
      await locker.query("ROLLBACK");
    });
    expect(await team.credits()).toEqual(before);
    await expectWorking();
  });

  it("silent: requests are given up in time, on old connections and on new ones", async () => {
    await Promise.all(requests());
    network.silence();
    await expectUnavailable(requests());
    expect(await health("live")).toBe(200);
    expect(await health("ready")).toBe(503);
    network.resume();
    await becomes(200);
    await expectWorking();
  });

  it("read-only: changes are refused, reading goes on, and it is not ready until that is over", async () => {
    const set = (value: string) =>
      beside(async (client) => {
        await client.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
        await client.query("SELECT pg_reload_conf()");
      });
    await set("on");
    await becomes(503);
    await expectUnavailable([createJob(), team.client.send(RUN_LLM_CALL, { input: job.callInput() })]);
    expect(await team.credits()).toMatchObject({ allocated: 1_000 });
    await set("off");
    await becomes(200);
    await expectWorking();
  });
});

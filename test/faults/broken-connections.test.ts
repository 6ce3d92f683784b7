import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isDatabaseUnavailable } from "../../src/db/failure.js";
import { hasPostgres, openTestDatabase, type TestDatabase } from "../kit/database/database.js";
import { startTcpProxy, type TcpProxy } from "../kit/database/tcp-proxy.js";
import { usePostgres } from "../kit/database/use-postgres.js";

describe.runIf(hasPostgres())("connections to PostgreSQL that break", { timeout: 60_000 }, () => {
  const postgres = usePostgres();
  let network: TcpProxy;
  let database: TestDatabase;
  /** A connection beside those of the gateway. */
  let beside: Client;

  beforeAll(async () => {
    const url = new URL(postgres.url);
    network = await startTcpProxy(Number(url.port));
    url.port = String(network.port);
    database = await openTestDatabase(url.href);
    // Prisma's client loads its parts at its first transaction. Those of the tests are to begin at once.
    await database.db.$transaction((tx) => tx.$queryRaw`SELECT 1`);
    beside = new Client({ connectionString: postgres.url });
    await beside.connect();
  });
  afterAll(async () => {
    await beside?.end();
    await database?.close();
    await network?.close();
  });

  const OTHERS = "datname = current_database() AND pid <> pg_backend_pid()";

  /** Returns when this many other connections fulfil a condition. */
  async function until(count: number, condition: string): Promise<void> {
    const found = async () =>
      (await beside.query(`SELECT FROM pg_stat_activity WHERE ${OTHERS} AND ${condition}`)).rowCount;
    await expect.poll(found, { interval: 10, timeout: 30_000 }).toBe(count);
  }

  it("just when transactions get them from statements fail these at most, and not the process", async () => {
    const { db, sql } = database;
    await beside.query("SELECT pg_advisory_lock(1)");
    const text = "SELECT pg_advisory_xact_lock_shared(1)";
    const statements = Array.from({ length: 10 }, () => sql.query({ text, values: [] }, {}));
    await until(statements.length, "wait_event_type = 'Lock'");
    const transactions = Promise.allSettled(
      Array.from({ length: 10 }, () => db.$transaction((tx) => tx.$queryRaw`SELECT 1`)),
    );
    // Each connection's last answer and its end arrive together.
    network.silence();
    await beside.query("SELECT pg_advisory_unlock(1)");
    await until(0, "state = 'active'");
    await beside.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${OTHERS}`);
    await until(0, "TRUE");
    network.resume();
    await Promise.all(statements);
    for (const ended of await transactions)
      expect(ended.status === "fulfilled" || isDatabaseUnavailable(ended.reason), JSON.stringify(ended)).toBe(true);
    expect(await database.fault()).toBeNull();
  });

  it("before a transaction is committed fail it as UNAVAILABLE", async () => {
    const cut = async (pid: number) => {
      network.silence();
      await beside.query("SELECT pg_terminate_backend($1)", [pid]);
      await until(0, `pid = ${pid}`);
      network.resume();
    };
    const transaction = database.db.$transaction(async (tx) => {
      const [backend] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await cut(backend?.pid as number);
    });
    const failure = await transaction.catch((error: unknown) => error);
    expect(isDatabaseUnavailable(failure), String(failure)).toBe(true);
    // The pool may hand out the broken connection once more, before its end has arrived.
    await expect.poll(() => database.fault(), { interval: 10 }).toBeNull();
  });
});

import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foldUsage } from "../../src/features/usage/rollup/fold-usage.sql.js";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { addRandomWork } from "../kit/usage/random-work.js";
import { wholeReport } from "../kit/usage/report.js";

const UNTIL = new Date("2026-12-05T00:00:00Z");
const RANGE = { from: new Date("2026-09-01T00:00:00Z"), to: UNTIL };

describe.runIf(hasPostgres())("on a PostgreSQL with many calls", { timeout: 120_000 }, () => {
  let gateway: Gateway;
  let client: Client;
  let databaseUrl: string;
  beforeAll(async () => {
    databaseUrl = await createPostgresUrl();
    gateway = await startGateway({ databaseUrl, mayEndUnsound: true });
    await gateway.server.background.stop();
    client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await addRandomWork(client, { jobs: 12_000, days: 90, until: UNTIL, organizations: 3, teams: 8 });
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await gateway.close();
  });

  it("a fold reads in indexes what it counts, and nothing else", async () => {
    const { rows } = await client.query(`EXPLAIN ${foldUsage.text}`, [500, false]);
    const plan: string = rows.map((row: Record<string, string>) => row["QUERY PLAN"]).join("\n");
    // The queue is read as a whole if that is cheaper than to look up each job in it. Of teams there are eight.
    const read = [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table);
    expect(read.filter((table) => table !== "usage_pending" && table !== "teams")).toEqual([]);
    expect(plan).toContain("Index Scan using llm_call_attempts_pkey");
  });

  it("a report reads no calls, attempts, jobs or entries, and says if more waits than it counts", async () => {
    const first = await wholeReport(gateway.admin, { ...RANGE, span: "MONTH", groupBy: ["teamId"] });
    expect(first.isComplete).toBe(false);
    // A connection may tell what it has scanned as late as at its end. Migrations scanned tables without rows.
    await client.end();
    client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query("SELECT pg_stat_reset()");
    for (let isComplete = false; !isComplete; )
      ({ isComplete } = await wholeReport(gateway.admin, { ...RANGE, span: "DAY", groupBy: ["teamId", "model"] }));
    const sql = `SELECT relname AS table, seq_tup_read::integer AS rows FROM pg_stat_user_tables
      WHERE relname IN ('jobs', 'llm_calls', 'llm_call_attempts', 'credit_entries', 'usage_rollups') AND seq_tup_read > 0`;
    expect((await client.query(sql)).rows).toEqual([]);
  });
});

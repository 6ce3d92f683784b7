import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSeedDatabase } from "../../scripts/seed/open-seed-database.js";
import { seedExample } from "../../scripts/seed/seed-example.js";
import { createApp } from "../../src/app.js";
import { type Config, readConfig } from "../../src/config/config.js";
import { openDatabase } from "../../src/db/database.js";
import { createLog } from "../../src/lib/log.js";
import { createPostgresUrl, hasPostgres, openTestDatabase } from "../kit/database/database.js";

// A Tuesday, so that there is a day of orders before it.
const NOW = new Date("2026-11-24T15:00:00.000Z");
const log = createLog("silent");

const seed = (config: Config, now = NOW) => seedExample(config, { days: 2, now, log, createApp, say: () => {} });

const FIGURES = `SELECT
  (SELECT count(*)::integer FROM organizations) AS organizations, (SELECT count(*)::integer FROM teams) AS teams,
  (SELECT json_agg(row) FROM (SELECT team_id, job_type, status, metadata, created_at, completed_at, total_calls, cost_nano_usd::text, posted_credits
    FROM jobs ORDER BY created_at, team_id) AS row) AS jobs,
  (SELECT json_agg(row) FROM (SELECT model, status, prompt_tokens::text, latency_ms, time_to_first_token_ms, error_code, created_at
    FROM llm_calls ORDER BY created_at, team_id) AS row) AS calls,
  (SELECT json_agg(row) FROM (SELECT account_id, sequence, kind, credits, created_at FROM credit_entries ORDER BY account_id, sequence) AS row) AS entries,
  (SELECT count(*)::integer FROM pg_namespace WHERE nspname = 'tollgate_seed') AS seed_schemas`;

interface Figures {
  readonly organizations: number;
  readonly teams: number;
  readonly jobs: readonly { readonly created_at: string; readonly status: string }[];
  readonly calls: readonly { readonly created_at: string }[];
  readonly entries: readonly unknown[];
  readonly seed_schemas: number;
}

async function figuresOf(config: Config): Promise<Figures> {
  const database = await openDatabase(config.database, log);
  const [figures] = await database.db.$queryRawUnsafe<[Figures]>(FIGURES);
  await database.close();
  return figures;
}

function embedded(): Config {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-seed-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return readConfig({ DATA_DIR: folder });
}

describe("the example world", { timeout: 120_000 }, () => {
  it("is the same if it is seeded twice, and in another database, and goes on from where it ended", async () => {
    const config = embedded();
    expect(await seed(config)).toMatch(/has 3 teams.*example-support +sk-[0-9a-f]{64}\n/s);
    const once = await figuresOf(config);
    expect(once).toMatchObject({ organizations: 1, teams: 3, seed_schemas: 0 });
    expect(once.jobs.length).toBeGreaterThan(15);
    expect(once.calls.length).toBeGreaterThan(once.jobs.length);
    const times = once.calls.map(({ created_at }) => created_at);
    expect(times[0]).toMatch(/^2026-11-23T/);
    expect(times.at(-1)).toMatch(/^2026-11-24T/);

    expect(await seed(config)).toMatch(/was there already/);
    expect(await figuresOf(config)).toEqual(once);

    const other = embedded();
    await seed(other);
    expect(await figuresOf(other)).toEqual(once);

    await seed(config, new Date("2026-11-25T09:00:00.000Z"));
    const later = await figuresOf(config);
    expect(later.jobs.length).toBeGreaterThan(once.jobs.length);
    expect(later.calls.slice(0, once.calls.length)).toEqual(once.calls);
  });

  it.skipIf(!hasPostgres())(
    "comes into PostgreSQL, and is refused while another process uses the database",
    async () => {
      const url = await createPostgresUrl();
      const config = readConfig({ DATABASE_URL: url, SIMULATED: "on" });
      const other = await openTestDatabase(url);
      await other.db.$queryRaw`SELECT 1`;
      await expect(seed(config)).rejects.toThrow(/Others use the database \(connections: \d+\)\. Stop the gateways/);
      await other.close();
      await seed(config);
      expect(await figuresOf(config)).toMatchObject({ organizations: 1, teams: 3, seed_schemas: 0 });
    },
  );

  it.skipIf(!hasPostgres())("leaves the options of DATABASE_URL as they are, and adds its own", async () => {
    const url = new URL(await createPostgresUrl());
    url.searchParams.set("options", "-c tollgate.mark=seen -c work_mem=7MB");
    const database = await openSeedDatabase(readConfig({ DATABASE_URL: url.href, SIMULATED: "on" }), log);
    const [settings] = await database.db.$queryRaw<[object]>`SELECT current_setting('tollgate.mark', TRUE) AS mark,
      current_setting('work_mem') AS memory, current_setting('search_path') AS path`;
    await database.close();
    expect(settings).toEqual({ mark: "seen", memory: "7MB", path: "tollgate_seed,public" });
  });
});

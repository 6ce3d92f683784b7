import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { readMigrations } from "../../src/db/migrate.js";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";
import { runGateway } from "../kit/gateway/program.js";
import { upstreamsFile } from "../kit/upstream/use-upstreams.js";

const MIGRATIONS = readMigrations().map(({ name }) => name);
const [FIRST = ""] = MIGRATIONS;
const REFUSAL = `The database lacks ${MIGRATIONS.length} migrations, and MIGRATE_ON_START is false. Run "npm run migrate" first, or "node dist/main.js --migrate" in an image without npm.`;

const folder = mkdtempSync(join(tmpdir(), "tollgate-commands-"));
beforeAll(buildGateway, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command to its end. */
async function command(parameter: string, env: Record<string, string> = {}) {
  const { ended, lines } = runGateway(env, { parameters: [parameter] });
  return { code: await ended, lines };
}

async function onDatabase<Result>(url: string, act: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

const tablesOf = (url: string): Promise<string[]> =>
  onDatabase(url, async (client) => {
    const { rows } = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    return rows.map(({ tablename }) => tablename);
  });

/** An upstream that has only models, for those who have its key. Returns its URL. */
async function upstreamWith(models: readonly string[]): Promise<string> {
  const server = createServer(({ url, headers }, answer) => {
    const [path, query] = url?.split("?") ?? [];
    if (headers.authorization !== "Bearer sk-upstream") return void answer.writeHead(401).end();
    if (path !== "/v1/models" || query !== "version=1") return void answer.writeHead(404).end();
    answer.end(JSON.stringify({ object: "list", data: models.map((id) => ({ id, object: "model" })) }));
  });
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1?version=1`;
}

describe("--check", () => {
  it("says a line each, and that all is well", async () => {
    const upstream = await upstreamWith(["gpt-4o-mini", "gpt-4o", "o3", "o4-mini"]);
    const url = `${new URL(upstream).origin}/v1/models`;
    const key = { UPSTREAM_API_KEY: "sk-upstream" };
    expect(await command("--check", { PORT: "8003", UPSTREAM_URL: upstream, ...key })).toEqual({
      code: 0,
      lines: [
        "Configuration  ok      HOST 127.0.0.1, PORT 8003, the default admin key.",
        "Database       ok      embedded PostgreSQL (PGlite), in memory: nothing is kept; no migration is pending.",
        `Upstream       ok      ${url} lists 4 models: gpt-4o-mini, gpt-4o, o3 and 1 more.`,
      ],
    });
  });

  it("says what is wrong with the upstream", async () => {
    const upstream = await upstreamWith(["gpt-4o"]);
    const { origin } = new URL(upstream);
    const said = async (url: string, key = "sk-upstream") => {
      const { code, lines } = await command("--check", { UPSTREAM_URL: url, UPSTREAM_API_KEY: key });
      expect(code).toBe(1);
      expect(lines).toHaveLength(3);
      return lines[2];
    };
    expect(await said(upstream, "sk-wrong")).toBe(
      `Upstream       failed  GET ${origin}/v1/models answers 401: the upstream does not accept UPSTREAM_API_KEY.`,
    );
    expect(await said(origin)).toBe(
      `Upstream       failed  GET ${origin}/models answers 404. UPSTREAM_URL is the address before /chat/completions, such as http://localhost:8002/v1.`,
    );
    expect(await said("http://user:hunter2@127.0.0.1:1/v1")).toBe(
      "Upstream       failed  GET http://127.0.0.1:1/v1/models gets no answer: ECONNREFUSED.",
    );
  });

  it("says a line of each upstream of a file", async () => {
    const url = await upstreamWith(["gpt-4o"]);
    const { origin } = new URL(url);
    const kind = "openai-compatible";
    const UPSTREAMS = upstreamsFile([
      { name: "east", kind, url, apiKeyEnv: "EAST_KEY" },
      { name: "west", kind, url: `${origin}/v2`, apiKeyEnv: "EAST_KEY" },
      { name: "toy", kind: "simulated" },
    ]);
    const { code, lines } = await command("--check", { UPSTREAMS, EAST_KEY: "sk-upstream" });
    expect([code, lines.slice(2)]).toEqual([
      1,
      [
        `Upstream       ok      east: ${origin}/v1/models lists 1 model: gpt-4o.`,
        `Upstream       failed  west: GET ${origin}/v2/models answers 404. Its url is the address before /chat/completions, such as http://localhost:8002/v1.`,
        "Upstream       ok      toy: The simulated model answers.",
      ],
    ]);
    rmSync(dirname(UPSTREAMS), { recursive: true });
  });

  it("says only what is wrong with the configuration, if anything is", async () => {
    expect(await command("--check", { PORT: "http", SIMULATED: "off" })).toEqual({
      code: 1,
      lines: [
        'Configuration  failed  PORT must be a whole number from 0 to 65535, got "http". UPSTREAM_URL is not set, and SIMULATED=off forbids the simulated model. Set UPSTREAM_URL.',
      ],
    });
  });

  it("says what it finds in DATA_DIR, and changes nothing there", async () => {
    const dataDir = join(folder, "data");
    const absent = await command("--check", { DATA_DIR: dataDir });
    expect(absent.code).toBe(0);
    expect(absent.lines[1]).toContain(`embedded PostgreSQL (PGlite) in ${dataDir}, which the first start makes;`);
    expect(existsSync(dataDir)).toBe(false);

    cpSync(inject("embeddedTemplate"), join(dataDir, "pglite"), { recursive: true });
    const files = () => readdirSync(dataDir, { recursive: true }).sort();
    const before = files();
    const { code, lines } = await command("--check", { DATA_DIR: dataDir });
    expect(code).toBe(0);
    expect(lines[1]).toMatch(/in \S+, version \d+\.\d+; no migration is pending\.$/);
    expect(files()).toEqual(before);

    const gateway = runGateway({ DATA_DIR: dataDir });
    await gateway.says(/Tollgate is listening/);
    const inUse = await command("--check", { DATA_DIR: dataDir });
    expect(inUse.code).toBe(1);
    expect(inUse.lines[1]).toContain(`failed  DATA_DIR ${dataDir} is in use by another process`);
  });

  it("leaves no copy of the database behind, also if it is ended by a signal", async () => {
    const dataDir = join(folder, "copied");
    cpSync(inject("embeddedTemplate"), join(dataDir, "pglite"), { recursive: true });
    const temporary = mkdtempSync(join(folder, "temporary-"));
    const env = { DATA_DIR: dataDir, TMPDIR: temporary };
    const { ended, signal } = runGateway(env, { parameters: ["--check"] });
    const files = () => readdirSync(temporary, { recursive: true }).map(String);
    await expect.poll(files, { interval: 5, timeout: 20_000 }).toContainEqual(expect.stringContaining("PG_VERSION"));
    signal("SIGTERM");
    expect(await ended).toBe(1);
    expect(files()).toEqual([]);
    expect((await command("--check", env)).code).toBe(0);
    expect(files()).toEqual([]);
    const nowhere = await command("--check", { ...env, TMPDIR: join(temporary, "absent") });
    expect(nowhere.code).toBe(1);
    expect(nowhere.lines[1]).toMatch(/^Database +failed +\S+ could not be copied to \S+, .*: ENOENT\. Set TMPDIR/);
  });

  it.runIf(hasPostgres())("says what it finds in PostgreSQL, and changes nothing there", async () => {
    const env = { SIMULATED: "on", DATABASE_URL: await createPostgresUrl() };
    const found = async (more = {}) => {
      const { code, lines } = await command("--check", { ...env, ...more });
      return { code, line: lines[1] };
    };
    const place = `PostgreSQL at ${new URL(env.DATABASE_URL).host}, version `;
    const { code, line } = await found();
    expect(code).toBe(0);
    expect(line).toContain(`Database       ok      ${place}`);
    expect(line).toContain(`; pending migrations, which the start applies: ${MIGRATIONS.length}.`);
    expect(await found({ MIGRATE_ON_START: "false" })).toEqual({ code: 1, line: expect.stringContaining(REFUSAL) });
    expect(await tablesOf(env.DATABASE_URL)).toEqual([]);
    const absent = await found({ DATABASE_URL: `${env.DATABASE_URL}_absent` });
    expect(absent).toEqual({ code: 1, line: expect.stringContaining("does not exist") });
    const away = await found({ DATABASE_URL: "postgres://127.0.0.1:1/none" });
    expect(away).toEqual({ code: 1, line: expect.stringContaining("takes no connections: ECONNREFUSED.") });
  });
});

it("MIGRATE_ON_START=false refuses an embedded database that lacks a migration, and leaves it as it is", async () => {
  const dataDir = join(folder, "older");
  const database = join(dataDir, "pglite");
  cpSync(inject("embeddedTemplate"), database, { recursive: true });
  const last = MIGRATIONS.at(-1);
  const pglite = await PGlite.create(database);
  await pglite.query("DELETE FROM _prisma_migrations WHERE migration_name = $1", [last]);
  await pglite.close();
  const env = { DATA_DIR: dataDir, MIGRATE_ON_START: "false" };
  const said = `The database lacks the migration ${last}, and MIGRATE_ON_START is false.`;
  // The first start that is refused gives the directory back to the second.
  for (let times = 0; times < 2; times++) {
    const { ended, lines } = runGateway(env);
    expect(await ended).toBe(1);
    expect(lines).toEqual([expect.stringContaining(said)]);
  }
  expect(await command("--check", env)).toMatchObject({ code: 1, lines: { 1: expect.stringContaining(said) } });
  const { code, lines } = await command("--check", { DATA_DIR: dataDir });
  expect(code).toBe(0);
  expect(lines[1]).toMatch(/; pending migrations, which the start applies: 1\.$/);
});

describe.runIf(hasPostgres())("--migrate and MIGRATE_ON_START=false", () => {
  it("migrate apart from the start, which is refused until then", async () => {
    const env = { SIMULATED: "on", LOG_LEVEL: "silent", DATABASE_URL: await createPostgresUrl() };
    const start = { ...env, MIGRATE_ON_START: "false" };
    const refused = runGateway(start);
    expect(await refused.ended).toBe(1);
    expect(refused.lines).toEqual([REFUSAL]);
    expect(await tablesOf(env.DATABASE_URL)).toEqual([]);

    const place = `PostgreSQL at ${new URL(env.DATABASE_URL).host}`;
    expect(await command("--migrate", start)).toEqual({
      code: 0,
      lines: [...MIGRATIONS.map((name) => `Applied the migration ${name}.`), `${place}: no migration is left.`],
    });
    expect(await command("--migrate", start)).toEqual({
      code: 0,
      lines: [`${place}: no migration was pending.`],
    });
    const gateway = runGateway(start);
    await gateway.says(/Tollgate is listening/);
  });

  it("refuse a database in which an applied migration was changed", async () => {
    const env = { SIMULATED: "on", DATABASE_URL: await createPostgresUrl() };
    await command("--migrate", env);
    await onDatabase(env.DATABASE_URL, (client) => client.query("UPDATE _prisma_migrations SET checksum = 'other'"));
    const said = `Migration ${FIRST} was changed after it had been applied to this database.`;
    expect(await command("--migrate", env)).toEqual({ code: 1, lines: [said] });
    const refused = runGateway({ ...env, MIGRATE_ON_START: "false" });
    expect(await refused.ended).toBe(1);
    expect(refused.lines).toEqual([said]);
  });
});

it("An argument that is not known is refused, with those that are.", async () => {
  for (const parameter of ["--chekc", "start"]) {
    expect(await command(parameter)).toEqual({
      code: 1,
      lines: [
        `Tollgate does not know "${parameter}". It starts without an argument, and takes one of --check, --migrate.`,
      ],
    });
  }
});

import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { newMigration } from "../../scripts/new-migration.js";
import { readSchema, schemaDiff } from "../../scripts/schema-diff.js";
import { openDatabase } from "../../src/db/database.js";
import { startInMemory } from "../../src/db/embedded/start-pglite.js";
import { migrate, type SqlConnection } from "../../src/db/migrate.js";
import { createLog } from "../../src/lib/log.js";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";

const MIGRATIONS = new URL("../../prisma/migrations/", import.meta.url);
const names = readdirSync(MIGRATIONS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const readMigration = (name: string) => readFileSync(new URL(`${name}/migration.sql`, MIGRATIONS));

describe("the migrations, on an embedded database", () => {
  let pglite: PGlite;
  let connection: SqlConnection;

  beforeEach(async () => {
    pglite = await startInMemory(inject("embeddedTemplate"));
    connection = {
      exec: async (sql) => void (await pglite.exec(sql)),
      query: async <Row>(sql: string, parameters?: unknown[]) => (await pglite.query<Row>(sql, parameters)).rows,
    };
  });
  afterEach(() => pglite.close());

  it("make what schema.prisma says", async () => {
    expect(await schemaDiff(pglite), "run `npm run migration -- <name>`").toBe("");
  });

  it("would be seen to lack a column, an index, a foreign key, a value of an enum or a table", async () => {
    const changes: [was: string, is: string, sql: RegExp][] = [
      [
        "alias                String\n",
        "alias                String\n  nickname String?\n",
        /ALTER TABLE "teams" ADD COLUMN +"nickname" TEXT;/,
      ],
      ["@@index([jobId, createdAt, id])", "", /DROP INDEX "llm_calls_job_id_created_at_id_idx";/],
      ["@@unique([jobId, jobSequence])", "", /DROP INDEX "credit_entries_job_id_job_sequence_key";/],
      [
        "onDelete: Restrict)\n  llmCalls",
        "onDelete: Cascade)\n  llmCalls",
        /ADD CONSTRAINT "jobs_team_id_fkey".* ON DELETE CASCADE/,
      ],
      ["  UNPRICED\n", "  UNPRICED\n  CUSTOM_PRICE\n", /ALTER TYPE "cost_source" ADD VALUE 'CUSTOM_PRICE';/],
      ["enum JobStatus", "model Note {\n  id String @id\n}\n\nenum JobStatus", /CREATE TABLE "Note"/],
    ];
    for (const [was, is, sql] of changes) {
      const schema = readSchema();
      expect(schema).toContain(was);
      expect(await schemaDiff(pglite, schema.replace(was, is))).toMatch(sql);
    }
  });

  it("are recorded as Prisma records them, with the SHA-256 of each file", async () => {
    const { rows } = await pglite.query("SELECT * FROM _prisma_migrations ORDER BY migration_name");
    expect(rows).toEqual(
      names.map((name) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: createHash("sha256").update(readMigration(name)).digest("hex"),
        finished_at: expect.any(Date),
        migration_name: name,
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date),
        applied_steps_count: 1,
      })),
    );
  });

  it("are not applied a second time", async () => {
    await pglite.query(
      "INSERT INTO organizations (id, name, created_at, updated_at) VALUES ('kept', 'Kept', now(), now())",
    );
    expect(await migrate(connection)).toEqual([]);
    expect((await pglite.query("SELECT id FROM organizations")).rows).toEqual([{ id: "kept" }]);
    expect((await pglite.query("SELECT migration_name FROM _prisma_migrations")).rows).toHaveLength(names.length);
  });

  it("are refused if one was changed after it had been applied, and the lock is given back", async () => {
    const [name = ""] = names;
    await pglite.query("UPDATE _prisma_migrations SET checksum = $1 WHERE migration_name = $2", ["0".repeat(64), name]);
    await expect(migrate(connection)).rejects.toThrow(
      `Migration ${name} was changed after it had been applied to this database.`,
    );
    expect((await pglite.query("SELECT * FROM pg_locks WHERE locktype = 'advisory'")).rows).toEqual([]);
  });

  it("leave nothing behind if one fails", async () => {
    await pglite.exec("DELETE FROM _prisma_migrations");
    await expect(migrate(connection)).rejects.toThrow(`Migration ${names[0]} failed and was rolled back.`);
    expect((await pglite.query("SELECT * FROM _prisma_migrations")).rows).toEqual([]);
    expect((await pglite.query("SELECT * FROM pg_locks WHERE locktype = 'advisory'")).rows).toEqual([]);
    expect((await pglite.query("SELECT count(*)::int AS count FROM organizations")).rows).toEqual([{ count: 0 }]);
  });
});

describe("a new migration", () => {
  const now = new Date("2027-03-01T23:05:09.123+02:00");
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tollgate-migrations-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is written to a folder of its own, named after the time in UTC, and makes what the schema says", async () => {
    const pglite = await startInMemory(inject("embeddedTemplate"));
    const schema = readSchema().replace(
      "alias                String\n",
      "alias                String\n  nickname String?\n",
    );
    const file = await newMigration("add_nickname", { folder, now, diff: () => schemaDiff(pglite, schema) });
    expect(file).toBe(join(folder, "20270301210509_add_nickname", "migration.sql"));
    await pglite.exec(readFileSync(file, "utf8"));
    expect(await schemaDiff(pglite, schema)).toBe("");
    await pglite.close();
  });

  it.each([undefined, "", "Add-Nickname", "add nickname", "../add", "_add", "add__nickname", "1add", "a".repeat(101)])(
    "is refused under the name %j",
    async (name) => {
      const diff = () => Promise.resolve("SELECT 1;");
      await expect(newMigration(name, { folder, now, diff })).rejects.toThrow(
        /^A migration('s name must be| needs a name)/,
      );
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it("is refused if there is nothing to do", async () => {
    const diff = () => Promise.resolve("");
    await expect(newMigration("add_nickname", { folder, now, diff })).rejects.toThrow("there is nothing to write");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is refused if it would be applied before one that exists", async () => {
    const diff = () => Promise.resolve("SELECT 1;");
    const first = basename(dirname(await newMigration("first", { folder, now, diff })));
    const earlier = new Date(now.getTime() - 1_000);
    await expect(newMigration("second", { folder, now: earlier, diff })).rejects.toThrow(
      `The newest migration is ${first}`,
    );
    expect(readdirSync(folder)).toEqual([first]);
  });
});

describe.runIf(hasPostgres())("the migrations, on PostgreSQL", () => {
  it("are applied once, however many processes start on an empty database at once", async () => {
    const url = await createPostgresUrl();
    const log = createLog("silent");
    const databases = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ kind: "postgres", url }, log)));
    expect(await Promise.all(databases.map(({ db }) => db.organization.count()))).toEqual([0, 0, 0, 0]);
    await Promise.all(databases.map((database) => database.close()));

    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("SELECT migration_name FROM _prisma_migrations ORDER BY started_at");
    await client.end();
    expect(rows).toEqual(names.map((name) => ({ migration_name: name })));
  });
});

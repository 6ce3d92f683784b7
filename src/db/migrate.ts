import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { StartError } from "../lib/start-error.js";

/** What migrating needs from a database: one connection that takes plain SQL. */
export interface SqlConnection {
  /** Runs several statements that are separated by semicolons. */
  exec(sql: string): Promise<void>;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

const MIGRATIONS = new URL("../../prisma/migrations/", import.meta.url);
/** The key of the advisory lock that `prisma migrate` takes too, so that the two cannot run at once. */
const ADVISORY_LOCK = 72_707_369;

/**
 * Brings a database up to the newest migration and returns the names of the migrations that it applied. Any number of
 * processes may start at once: one migrates, and the others wait for it. Each migration is one transaction. The records
 * are Prisma's, so `prisma migrate deploy` and `status` agree with them. Throws if a migration fails, or if an applied
 * one differs from its file.
 */
export async function migrate(connection: SqlConnection): Promise<string[]> {
  await connection.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
  try {
    await connection.exec(CREATE_RECORDS);
    const recorded = await connection.query<{ migration_name: string; checksum: string }>(
      "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    const checksums = new Map(recorded.map((row) => [row.migration_name, row.checksum]));
    const applied: string[] = [];
    for (const migration of readMigrations()) {
      const checksum = checksums.get(migration.name);
      if (checksum === undefined) {
        await apply(connection, migration);
        applied.push(migration.name);
      } else if (checksum !== migration.checksum) {
        throw new StartError(`Migration ${migration.name} was changed after it had been applied to this database.`);
      }
    }
    return applied;
  } finally {
    await connection.query("SELECT pg_advisory_unlock($1)", [ADVISORY_LOCK]);
  }
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The migrations of this version, in their order. */
export function readMigrations(): Migration[] {
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map((folder) => folder.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(`${name}/migration.sql`, MIGRATIONS), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

async function apply(connection: SqlConnection, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await connection.exec("BEGIN");
    await connection.exec(sql);
    await connection.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), now(), 1)",
      [randomUUID(), checksum, name],
    );
    await connection.exec("COMMIT");
  } catch (error) {
    await connection.exec("ROLLBACK");
    throw new Error(`Migration ${name} failed and was rolled back.`, { cause: error });
  }
}

const CREATE_RECORDS = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

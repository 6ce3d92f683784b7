import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Config } from "../config/config.js";
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

/** What is done with the schema of a database before it is used: `migrate` or `requireMigrated`. */
export type PrepareSchema = (connection: SqlConnection) => Promise<unknown>;

/** Returns what a start does with the schema. */
export const prepareSchemaOf = ({ migrateOnStart }: Pick<Config, "migrateOnStart">): PrepareSchema =>
  migrateOnStart ? migrate : requireMigrated;

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
    const pending = await readPending(connection);
    for (const migration of pending) await apply(connection, migration);
    return pending.map(({ name }) => name);
  } finally {
    await connection.query("SELECT pg_advisory_unlock($1)", [ADVISORY_LOCK]);
  }
}

/** Returns the names of the migrations that `migrate` would apply, and changes nothing. */
export async function pendingMigrations(connection: SqlConnection): Promise<string[]> {
  const [records] = await connection.query<{ exists: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists",
  );
  const pending = records?.exists ? await readPending(connection) : readMigrations();
  return pending.map(({ name }) => name);
}

/** Throws StartError if migrations are pending. */
async function requireMigrated(connection: SqlConnection): Promise<void> {
  const pending = await pendingMigrations(connection);
  if (pending.length > 0) throw new StartError(`${notMigrated(pending)} ${WAY_TO_MIGRATE}`);
}

export const WAY_TO_MIGRATE = 'Run "npm run migrate" first, or "node dist/main.js --migrate" in an image without npm.';

/** Says why a start that applies no migrations is refused. */
export const notMigrated = (pending: readonly string[]): string =>
  `The database lacks ${pending.length === 1 ? `the migration ${pending[0]}` : `${pending.length} migrations`}, and MIGRATE_ON_START is false.`;

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

/** Returns the names of the migrations of this version, in their order. */
export const migrationNames = (): string[] => readMigrations().map(({ name }) => name);

/** Throws StartError if a migration that was applied differs from its file. */
async function readPending(connection: SqlConnection): Promise<Migration[]> {
  const recorded = await connection.query<{ migration_name: string; checksum: string }>(
    "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  const checksums = new Map(recorded.map((row) => [row.migration_name, row.checksum]));
  return readMigrations().filter(({ name, checksum }) => {
    const applied = checksums.get(name);
    if (applied !== undefined && applied !== checksum)
      throw new StartError(`Migration ${name} was changed after it had been applied to this database.`);
    return applied === undefined;
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

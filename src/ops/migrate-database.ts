import { readMigrationConfig } from "../config/config.js";
import type { Env } from "../config/env.js";
import { openDatabase } from "../db/database.js";
import { migrate } from "../db/migrate.js";
import { whenUp } from "../lib/async/when-up.js";
import { createLog } from "../lib/log.js";

/**
 * Applies the pending migrations to the configured database, and says which they were. Waits for a database that is still
 * starting, as a start does.
 */
export async function migrateDatabase(env: Env, say: (line: string) => void): Promise<boolean> {
  const config = readMigrationConfig(env);
  let applied: readonly string[] = [];
  const open = () =>
    openDatabase(config.database, createLog(config.logLevel), async (connection) => {
      applied = await migrate(connection);
    });
  const database = await whenUp(open, { forMs: config.startWaitMs, signal: new AbortController().signal, say });
  await database?.close();
  for (const name of applied) say(`Applied the migration ${name}.`);
  say(`${database?.description}: ${applied.length === 0 ? "no migration was pending" : "no migration is left"}.`);
  return true;
}

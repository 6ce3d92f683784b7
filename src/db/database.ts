import type { DatabaseConfig } from "../config/config.js";
import type { Logger } from "../lib/log.js";
import type { Database } from "./client.js";
import { migrate, type PrepareSchema } from "./migrate.js";

/**
 * Opens the configured database and migrates it, or does something else with its schema first. Throws StartError if it
 * cannot be used or belongs to another process, which is NotUpYet if it may be still starting. Only what its kind needs is
 * loaded.
 */
export async function openDatabase(
  config: DatabaseConfig,
  log: Logger,
  prepareSchema: PrepareSchema = migrate,
): Promise<Database> {
  if (config.kind === "postgres") {
    const { openPostgres } = await import("./postgres/postgres.js");
    return openPostgres(config.url, log, prepareSchema);
  }
  const { openEmbedded } = await import("./embedded/pglite.js");
  return openEmbedded(config.dataDir, prepareSchema);
}

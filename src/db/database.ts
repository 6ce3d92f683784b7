import type { DatabaseConfig } from "../config/config.js";
import type { Logger } from "../lib/log.js";
import type { Database } from "./client.js";

/**
 * Opens and migrates the configured database. Throws StartError if it cannot be reached or belongs to another process.
 * Only what its kind needs is loaded.
 */
export async function openDatabase(config: DatabaseConfig, log: Logger): Promise<Database> {
  if (config.kind === "postgres") {
    const { openPostgres } = await import("./postgres.js");
    return openPostgres(config.url, log);
  }
  const { openEmbedded } = await import("./embedded/pglite.js");
  return openEmbedded(config.dataDir);
}

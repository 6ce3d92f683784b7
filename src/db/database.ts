import type { DatabaseConfig } from "../config/config.js";
import type { Logger } from "../lib/log.js";
import type { Database } from "./client.js";
import { openEmbedded } from "./pglite.js";
import { openPostgres } from "./postgres.js";

/**
 * Opens and migrates the configured database. Throws StartError if it cannot be reached or belongs to another process.
 */
export async function openDatabase(config: DatabaseConfig, log: Logger): Promise<Database> {
  return config.kind === "postgres" ? openPostgres(config.url, log) : openEmbedded(config.dataDir);
}

import type { DatabaseConfig } from "../config/config.js";
import { type FoundDatabase, findOn } from "./found-database.js";
import { withConnection } from "./postgres-connection.js";
import { placeOf } from "./start-failure.js";

/** Looks at the configured database and changes nothing. Throws StartError if a start could not use it. */
export async function inspectDatabase(config: DatabaseConfig): Promise<FoundDatabase> {
  if (config.kind === "postgres")
    return withConnection(config.url, (connection) => findOn(connection, `PostgreSQL at ${placeOf(config.url)}`));
  const { inspectDataDir } = await import("./embedded/inspect-data-dir.js");
  return inspectDataDir(config.dataDir);
}

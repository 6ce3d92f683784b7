import type { DatabaseConfig } from "../../config/config.js";
import { withConnection } from "../postgres/postgres-connection.js";
import { placeOf, takesNoChanges } from "../postgres/start-failure.js";
import { type FoundDatabase, findOn } from "./found-database.js";

/** Looks at the configured database and changes nothing. Throws StartError if a start could not use it. */
export async function inspectDatabase(config: DatabaseConfig): Promise<FoundDatabase> {
  if (config.kind === "postgres") return inspectPostgres(config.url);
  const { inspectDataDir } = await import("../embedded/inspect-data-dir.js");
  return inspectDataDir(config.dataDir);
}

const inspectPostgres = (url: string): Promise<FoundDatabase> =>
  withConnection(url, async (connection) => {
    const [answer] = await connection.query<{ transaction_read_only: string }>("SHOW transaction_read_only");
    if (answer?.transaction_read_only === "on") throw takesNoChanges(url);
    return findOn(connection, `PostgreSQL at ${placeOf(url)}`);
  });

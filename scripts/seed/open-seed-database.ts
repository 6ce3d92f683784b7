import type { Config } from "../../src/config/config.js";
import type { Database } from "../../src/db/client.js";
import { openDatabase } from "../../src/db/database.js";
import { migrate } from "../../src/db/migrate.js";
import { withConnection } from "../../src/db/postgres/postgres-connection.js";
import type { Logger } from "../../src/lib/log.js";
import { StartError } from "../../src/lib/start-error.js";
import { SEARCH_PATH } from "./seed-clock.js";

/**
 * Opens the configured database for the seed, and migrates it. Throws StartError if another process uses it: its tasks
 * would end the jobs of days gone by while the seed is still at work on them.
 */
export async function openSeedDatabase({ database }: Config, log: Logger): Promise<Database> {
  if (database.kind === "pglite") return openDatabase(database, log);
  await withConnection(database.url, async (connection) => {
    const [row] = await connection.query<{ others: number }>(`SELECT count(*)::integer AS others FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`);
    const others = row?.others ?? 0;
    if (others > 0)
      throw new StartError(
        `Others use the database (connections: ${others}). Stop the gateways that use it, then run the seed again.`,
      );
    await migrate(connection);
  });
  const url = new URL(database.url);
  // What comes last prevails. Options in the URL would come in the place of PGOPTIONS.
  const given = url.searchParams.get("options") ?? process.env.PGOPTIONS;
  const options = [given, `-c search_path=${SEARCH_PATH.replaceAll(" ", "")}`];
  url.searchParams.set("options", options.filter(Boolean).join(" "));
  return openDatabase({ ...database, url: url.href }, log, () => Promise.resolve());
}

import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { type Database, databaseOn } from "../client.js";
import { migrate, type SqlConnection } from "../migrate.js";
import type { SendStatement } from "../statement.js";
import { checkpointTask } from "./checkpoint.task.js";
import { lockDataDir } from "./data-dir-lock.js";
import { ensureDataDir, withNewDataDir } from "./new-data-dir.js";
import { preparedOn } from "./prepared.js";
import { startInMemory, startOnFolder } from "./start-pglite.js";

/**
 * Opens and migrates the embedded database in a directory, or in memory if `dataDir` is null. The directory belongs to
 * this process until the database is closed. Throws DataDirInUse if another process has it.
 */
export async function openEmbedded(dataDir: string | null): Promise<Database> {
  if (dataDir === null)
    return openPGlite(await withNewDataDir(startInMemory), "embedded PostgreSQL (PGlite), in memory: nothing is kept");
  const unlock = await lockDataDir(dataDir);
  try {
    const folder = join(dataDir, "pglite");
    await ensureDataDir(folder);
    const database = await openPGlite(await startOnFolder(folder), `embedded PostgreSQL (PGlite) in ${dataDir}`);
    return { ...database, close: () => database.close().finally(unlock) };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * Migrates an embedded PostgreSQL that is already running, and makes a Database on it. Closing the Database ends it.
 */
export async function openPGlite(
  pglite: PGlite,
  description: string,
  send: SendStatement = preparedOn(pglite),
): Promise<Database> {
  await pglite.exec("SET TIME ZONE 'UTC'");
  const connection: SqlConnection = {
    exec: async (sql) => void (await pglite.exec(sql)),
    query: async <Row>(sql: string, parameters?: unknown[]) => (await pglite.query<Row>(sql, parameters)).rows,
  };
  await migrate(connection);
  const adapter = new PrismaPGlite(pglite);
  const database = databaseOn({ adapter, send, end: () => pglite.close() }, description);
  return { ...database, tasks: [checkpointTask(database.sql)] };
}

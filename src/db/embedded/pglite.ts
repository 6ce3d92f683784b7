import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { type Database, databaseOn } from "../client.js";
import { migrate, type PrepareSchema, type SqlConnection } from "../migrate.js";
import type { SendStatement } from "../statement.js";
import { checkpointTask } from "./checkpoint.task.js";
import { lockDataDir } from "./data-dir-lock.js";
import { ensureDataDir, withNewDataDir } from "./new-data-dir.js";
import { preparedOn } from "./prepared.js";
import { startInMemory, startOnFolder } from "./start-pglite.js";

export const KIND = "embedded PostgreSQL (PGlite)";

/**
 * Opens the embedded database in a directory, or in memory if `dataDir` is null, and prepares its schema. The directory
 * belongs to this process until the database is closed. Throws DataDirInUse if another process has it.
 */
export async function openEmbedded(dataDir: string | null, prepareSchema: PrepareSchema): Promise<Database> {
  const options = { prepareSchema };
  if (dataDir === null)
    return openPGlite(await withNewDataDir(startInMemory), `${KIND}, in memory: nothing is kept`, options);
  const unlock = await lockDataDir(dataDir);
  try {
    const folder = join(dataDir, "pglite");
    await ensureDataDir(folder);
    const database = await openPGlite(await startOnFolder(folder), `${KIND} in ${dataDir}`, options);
    return { ...database, close: () => database.close().finally(unlock) };
  } catch (error) {
    await unlock();
    throw error;
  }
}

interface PGliteOptions {
  readonly send?: SendStatement;
  readonly prepareSchema?: PrepareSchema;
}

/**
 * Prepares the schema of an embedded PostgreSQL that is already running, and makes a Database on it. Closing the Database
 * ends it, and so does a schema that is refused.
 */
export async function openPGlite(
  pglite: PGlite,
  description: string,
  { send = preparedOn(pglite), prepareSchema = migrate }: PGliteOptions = {},
): Promise<Database> {
  // A plan that is made while a table is small is kept, and would read all of it when it has grown: see decision 112.
  await pglite.exec("SET TIME ZONE 'UTC'; SET enable_seqscan = off");
  try {
    await prepareSchema(connectionOn(pglite));
  } catch (error) {
    await pglite.close();
    throw error;
  }
  const adapter = new PrismaPGlite(pglite);
  const database = databaseOn({ kind: "pglite", adapter, send, end: () => pglite.close() }, description);
  return { ...database, tasks: [checkpointTask(database.sql)] };
}

/** Returns the connection of an embedded PostgreSQL. */
export const connectionOn = (pglite: PGlite): SqlConnection => ({
  exec: async (sql) => void (await pglite.exec(sql)),
  query: async <Row>(sql: string, parameters?: unknown[]) => (await pglite.query<Row>(sql, parameters)).rows,
});

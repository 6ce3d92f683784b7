import { initDataDir } from "./new-data-dir.js";
import { openPGlite } from "./pglite.js";
import { startOnFolder } from "./start-pglite.js";

/** Makes a migrated database without rows in a folder that does not exist yet. */
export async function makeTemplate(folder: string): Promise<void> {
  await initDataDir(folder);
  const database = await openPGlite(await startOnFolder(folder), "template");
  await database.close();
}

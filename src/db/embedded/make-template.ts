import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { initDataDir, makeWhole } from "./new-data-dir.js";
import { openPGlite } from "./pglite.js";
import { startOnFolder } from "./start-pglite.js";

/** Makes a migrated database without rows in a folder that does not exist yet. */
export async function makeTemplate(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  await makeWhole(folder, async (unfinished) => {
    await initDataDir(unfinished);
    const database = await openPGlite(await startOnFolder(unfinished), "template");
    await database.close();
  });
}

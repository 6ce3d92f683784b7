import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { systemCode } from "../../lib/system-code.js";
import { initDataDir, makeWhole } from "./new-data-dir.js";
import { openPGlite } from "./pglite.js";
import { startOnFolder } from "./start-pglite.js";

/** Makes a migrated database without rows in a folder. If another process makes it meanwhile, that one stays. */
export async function makeTemplate(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  try {
    await makeWhole(folder, fill);
  } catch (error) {
    if (systemCode(error) !== "ENOTEMPTY") throw error;
  }
}

async function fill(folder: string): Promise<void> {
  await initDataDir(folder);
  const database = await openPGlite(await startOnFolder(folder), "template");
  await database.close();
}

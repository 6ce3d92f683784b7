import { accessSync, constants, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { StartError } from "../../lib/start-error.js";
import { systemCode } from "../../lib/system-code.js";
import { type FoundDatabase, findOn } from "../inspect/found-database.js";
import { cannotMake, requireFree } from "./data-dir-lock.js";
import { holdsSomethingElse } from "./new-data-dir.js";
import { connectionOn, KIND } from "./pglite.js";
import { startOnFolder } from "./start-pglite.js";

/**
 * Looks at the embedded database in a directory and changes nothing there. Throws StartError if a start could not use it,
 * which is DataDirInUse if another process has it.
 */
export async function inspectDataDir(dataDir: string | null): Promise<FoundDatabase> {
  if (dataDir === null) return { description: `${KIND}, in memory: nothing is kept`, pending: [] };
  const isThere = requireWritable(dataDir);
  if (isThere) await requireFree(dataDir);
  const folder = join(dataDir, "pglite");
  if (!isEmpty(folder)) return findInCopyOf(folder, `${KIND} in ${dataDir}`);
  return { description: `${KIND} in ${dataDir}, which the first start makes`, pending: [] };
}

/** Returns whether a directory exists. Throws StartError if it is none, and if it could not be made or written. */
function requireWritable(dataDir: string): boolean {
  let nearest = resolve(dataDir);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    if (!statSync(nearest).isDirectory()) throw Object.assign(new Error(`${nearest} is a file.`), { code: "ENOTDIR" });
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotMake(dataDir, error);
  }
  return nearest === resolve(dataDir);
}

function isEmpty(folder: string): boolean {
  if (!existsSync(folder)) return true;
  if (existsSync(join(folder, "PG_VERSION"))) return false;
  if (!statSync(folder).isDirectory() || readdirSync(folder).length > 0) throw holdsSomethingElse(folder);
  return true;
}

/** PostgreSQL writes into the folder that it starts on, so that it is started on a copy. */
async function findInCopyOf(folder: string, kind: string): Promise<FoundDatabase> {
  const temporary = orNoCopy(folder, () => mkdtempSync(join(tmpdir(), "tollgate-")));
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  // A signal ends a command at once, and the copy has all that the database has.
  process.once("exit", remove);
  try {
    const copy = join(temporary, "pglite");
    orNoCopy(folder, () => cpSync(folder, copy, { recursive: true, mode: constants.COPYFILE_FICLONE }));
    const pglite = await startOnFolder(copy);
    try {
      return await findOn(connectionOn(pglite), kind);
    } finally {
      await pglite.close();
    }
  } finally {
    remove();
    process.off("exit", remove);
  }
}

/** Does a step of making the copy. Throws StartError if it fails. */
function orNoCopy<Result>(folder: string, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    throw new StartError(
      `${folder} could not be copied to ${tmpdir()}, where a check looks at it: ${systemCode(error) ?? String(error)}. Set TMPDIR to a folder that has room for it.`,
      { cause: error },
    );
  }
}

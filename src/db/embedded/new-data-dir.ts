import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { StartError } from "../../lib/start-error.js";
import { systemCode } from "../../lib/system-code.js";
import { RECIPE } from "./recipe.js";
import { findTemplate } from "./template.js";

const PROGRAM = fileURLToPath(new URL("./init-data-dir.js", import.meta.url));

/** Makes an empty database in a folder that does not exist yet, without the template. It takes seconds. */
export async function initDataDir(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, [PROGRAM, folder, JSON.stringify(RECIPE)]);
}

/** Makes sure that a folder holds a database. The caller owns the directory that the folder is in. */
export async function ensureDataDir(folder: string): Promise<void> {
  removeUnfinished(folder);
  if (existsSync(join(folder, "PG_VERSION"))) return;
  try {
    await makeWhole(folder, fill);
  } catch (error) {
    throw HOLDS_SOMETHING.has(systemCode(error)) ? holdsSomethingElse(folder, error) : cannotFill(folder, error);
  }
}

/** Codes of a folder that cannot be made, because something has its name: a folder that is not empty, or a file. */
const HOLDS_SOMETHING: ReadonlySet<unknown> = new Set(["ENOTEMPTY", "ENOTDIR", "EEXIST"]);

/**
 * Makes a folder that appears whole or not at all, whenever the process dies: the work makes it elsewhere in the same
 * directory, and then it is renamed.
 */
export async function makeWhole(folder: string, work: (folder: string) => Promise<void>): Promise<void> {
  const unfinished = mkdtempSync(unfinishedPrefix(folder));
  try {
    const data = join(unfinished, "data");
    await work(data);
    renameSync(data, folder);
  } finally {
    remove(unfinished);
  }
}

/** Gives the work a folder with a new database, which it only reads. */
export async function withNewDataDir<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const template = findTemplate();
  if (template) return work(template);
  const temporary = mkdtempSync(join(tmpdir(), "tollgate-"));
  try {
    const data = join(temporary, "data");
    await initDataDir(data);
    return await work(data);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function fill(data: string): Promise<void> {
  const template = findTemplate();
  if (template) cpSync(template, data, { recursive: true });
  else await initDataDir(data);
  chmodSync(data, 0o700);
}

const unfinishedPrefix = (folder: string): string => `${folder}.unfinished-`;

/** Removes what a process left that died while it made the folder. */
function removeUnfinished(folder: string): void {
  const prefix = basename(unfinishedPrefix(folder));
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(prefix)) remove(join(dirname(folder), name));
  }
}

/** The program that the dead process started may still be writing there. Then the rest is for the next start. */
function remove(unfinished: string): void {
  try {
    rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (systemCode(error) !== "ENOTEMPTY") throw error;
  }
}

function cannotFill(folder: string, cause: unknown): unknown {
  const code = systemCode(cause);
  return code ? new StartError(`The database in ${folder} cannot be made: ${code}.`, { cause }) : cause;
}

/** Makes the refusal of a folder that holds no database. */
export function holdsSomethingElse(folder: string, cause?: unknown): StartError {
  return new StartError(
    `${folder} holds something, but no database: it has no file PG_VERSION. Move it away, or choose another DATA_DIR.`,
    { cause },
  );
}

import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../../lib/start-error.js";
import { systemCode } from "../../lib/system-code.js";
import { formerOwner } from "./former-lock.js";
import { isListening, listenIn } from "./lock-socket.js";

/** Thrown if the directory belongs to a living process. */
export class DataDirInUse extends StartError {
  constructor(dataDir: string, owner: string) {
    super(
      `DATA_DIR ${dataDir} is in use by ${owner}. Stop that process, or choose another DATA_DIR: two processes on one embedded database would lose data.`,
    );
  }
}

const FORMER_PID_FILE = "tollgate.pid";
const TRIES_MAX = 100;

/**
 * Claims a directory for this process, because the embedded database does not lock it. Throws DataDirInUse if a living
 * process has it, in whichever container. Returns the function that releases it.
 *
 * The lock is a socket in the directory. Its owner listens on it, so that the kernel holds the lock for as long as the
 * owner lives. Locks are numbered and the newest counts. No number is used twice: whoever finds the newest silent links
 * its own socket as the next one, which succeeds for one process only. A name that was removed and made again could be
 * removed by a process that still believes in the former one.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  make(dataDir);
  refuseFormerOwner(dataDir);
  const name = `tollgate-${randomBytes(4).toString("hex")}`;
  let release: (() => Promise<void>) | undefined;
  try {
    release = await listenIn(dataDir, name);
    await claim(dataDir, name);
    rmSync(join(dataDir, FORMER_PID_FILE), { force: true });
    return release;
  } catch (error) {
    await release?.();
    throw error instanceof StartError ? error : cannotLock(dataDir, error);
  } finally {
    rmSync(join(dataDir, name), { force: true });
  }
}

/** Throws DataDirInUse if a living process has the directory, which must exist. Changes nothing. */
export async function requireFree(dataDir: string): Promise<void> {
  refuseFormerOwner(dataDir);
  await silentLock(dataDir);
}

function refuseFormerOwner(dataDir: string): void {
  const former = formerOwner(join(dataDir, FORMER_PID_FILE));
  if (former !== null) throw new DataDirInUse(dataDir, `process ${former}`);
}

/** Returns the number of the newest lock, which no living process holds, or 0 if there is none. */
async function silentLock(dataDir: string): Promise<number> {
  const newest = Math.max(0, ...locksIn(dataDir));
  if (newest > 0 && (await isListening(dataDir, nameOf(newest))))
    throw new DataDirInUse(dataDir, "another process, perhaps in another container");
  return newest;
}

async function claim(dataDir: string, name: string): Promise<void> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const mine = (await silentLock(dataDir)) + 1;
    if (!link(join(dataDir, name), join(dataDir, nameOf(mine)))) continue;
    const locks = locksIn(dataDir);
    const isNewest = mine === Math.max(...locks);
    for (const lock of locks) {
      // A newer lock means that this number had been used, and removed, since the directory was read.
      if (isNewest ? lock < mine : lock === mine) rmSync(join(dataDir, nameOf(lock)), { force: true });
    }
    if (isNewest) return;
  }
  throw new StartError(`DATA_DIR ${dataDir} could not be locked, because other processes claim it at the same moment.`);
}

const nameOf = (lock: number): string => `tollgate.lock.${lock}`;

const locksIn = (dataDir: string): number[] =>
  readdirSync(dataDir)
    .flatMap((file) => /^tollgate\.lock\.(\d{1,15})$/.exec(file)?.[1] ?? [])
    .map(Number);

/** Gives a file a second name. Returns false if the name is taken. */
function link(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

function make(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw cannotMake(dataDir, error);
  }
}

/** Makes the refusal of a directory that cannot be made. */
export function cannotMake(dataDir: string, error: unknown): StartError {
  const code = systemCode(error) ?? String(error);
  const reason =
    code === "EEXIST" || code === "ENOTDIR"
      ? `a file is in its place, or in that of a folder above it (${code})`
      : code;
  return new StartError(`DATA_DIR ${dataDir} cannot be made: ${reason}. Choose another DATA_DIR.`, { cause: error });
}

function cannotLock(dataDir: string, error: unknown): StartError {
  const reason = systemCode(error) ?? String(error);
  return new StartError(
    `DATA_DIR ${dataDir} could not be locked: ${reason}. The lock is a socket in the directory, so its file system must have sockets and hard links. Choose another DATA_DIR, or use a PostgreSQL server with DATABASE_URL.`,
    { cause: error },
  );
}

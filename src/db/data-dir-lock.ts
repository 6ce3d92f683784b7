import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../lib/start-error.js";

/** Thrown if the directory belongs to a living process. */
export class DataDirInUse extends StartError {
  constructor(dataDir: string, pid: number) {
    super(
      `DATA_DIR ${dataDir} is in use by process ${pid}. Stop that process, or choose another DATA_DIR: two processes on one embedded database would lose data.`,
    );
  }
}

/**
 * Claims a directory for this process with a pid file, because the embedded database does not lock it. Replaces the
 * file of a process that has ended. Throws DataDirInUse if a living process has the directory. Returns the function
 * that releases it.
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const lock = join(dataDir, "tollgate.pid");
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${startedAt(process.pid)}\n`);
  try {
    for (let tries = 0; tries < 3; tries++) {
      try {
        linkSync(mine, lock);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const owner = readOwner(lock);
      if (owner && owner.pid !== process.pid && isAlive(owner)) throw new DataDirInUse(dataDir, owner.pid);
      rmSync(lock, { force: true });
    }
    throw new StartError(
      `DATA_DIR ${dataDir} could not be locked, because other processes claim it at the same moment.`,
    );
  } finally {
    rmSync(mine, { force: true });
  }
}

interface Owner {
  readonly pid: number;
  readonly startedAt: string;
}

function readOwner(lock: string): Owner | null {
  try {
    const [pid, startedAt = ""] = readFileSync(lock, "utf8").trim().split(" ");
    return Number(pid) > 0 ? { pid: Number(pid), startedAt } : null;
  } catch {
    return null; // Its owner has released it in the meantime.
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return owner.startedAt === startedAt(owner.pid);
}

/**
 * Returns when a process started, in clock ticks since boot. This tells a living owner from a stranger that got its pid
 * later, as happens after a restart of a container. Returns "" if the system has no /proc.
 */
function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

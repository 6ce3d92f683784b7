import { readFileSync } from "node:fs";

/**
 * The id of the living process that has a directory by the pid file of version 0.1.0. Null if there is none. The file
 * says when the process started too, in clock ticks since boot, which tells it from a stranger with the same id.
 */
export function formerOwner(pidFile: string): number | null {
  try {
    const [pid = "", startedTicks = ""] = readFileSync(pidFile, "utf8").trim().split(" ");
    const stat = readFileSync(`/proc/${Number(pid)}/stat`, "utf8");
    const isSame = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] === startedTicks;
    return isSame && Number(pid) !== process.pid ? Number(pid) : null;
  } catch {
    return null; // There is no such file, or no such process.
  }
}

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/**
 * The gateway that is measured has a core for itself. The database, the upstream and the clients share another. "any" is
 * for what may use all cores, as in production.
 */
export type Core = "gateway" | "others" | "any";

/** Linux counts processor time in ticks. */
const TICKS_PER_SECOND = 100;

const NUMBERS = { others: "0", gateway: "1", any: `0-${cpus().length - 1}` } as const;

/** Whether processes can be bound to cores here: that needs two cores and Linux's `taskset`. */
export const canPin = cpus().length >= 2 && spawnSync("taskset", ["--version"]).status === 0;

/** Returns how `fork` starts a program on a core. `taskset` becomes the program, so that their process is one. */
export function pinned(
  core: Core,
  program: string,
  flags: readonly string[],
): { execPath: string; execArgv: string[] } {
  if (!canPin) return { execPath: program, execArgv: [...flags] };
  return { execPath: "taskset", execArgv: ["-c", NUMBERS[core], program, ...flags] };
}

/** Binds a running process to a core. What it starts later runs there too. */
export function pin(pid: number, core: "gateway" | "others"): void {
  if (canPin) spawnSync("taskset", ["-a", "-p", "-c", NUMBERS[core], String(pid)]);
}

/** Returns the processor time of a process with all its threads. Returns NaN if the system is not Linux. */
export function cpuSecondsOf(pid: number | undefined): number {
  try {
    const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    const [user, system] = fields.split(" ").slice(11, 13).map(Number) as [number, number];
    return (user + system) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

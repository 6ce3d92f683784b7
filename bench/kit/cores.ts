import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/**
 * The gateway that is measured has a core for itself. The database, the upstream and the clients share another. "any" is
 * for what may use all cores, as in production.
 */
export type Core = "gateway" | "others" | "any";

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

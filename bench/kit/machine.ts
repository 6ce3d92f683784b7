import { spawnSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import { canPin } from "./cores.js";

/** What measured, and whether it did something else as well. */
export interface Machine {
  readonly text: string;
  readonly at: string;
}

export function machine(): Machine {
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(" ");
  const cpu = `${cpus().length} x ${cpus()[0]?.model ?? "CPU"}`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const pins = canPin ? "the gateway alone on one core" : "processes are not bound to cores";
  return {
    text: `${cpu}, ${memory}, node ${process.version}, ${pins}, load average ${load}`,
    at: new Date().toISOString(),
  };
}

/** The commit of a checkout, and "changed" if its files are not those of the commit. */
export function commitOf(folder: string): string {
  const git = (...args: string[]) => spawnSync("git", args, { cwd: folder, encoding: "utf8" }).stdout.trim();
  const changed = git("status", "--porcelain", "--", "src", "prisma", "package-lock.json") === "" ? "" : " changed";
  return `${git("rev-parse", "--short", "HEAD")}${changed}`;
}

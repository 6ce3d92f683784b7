import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished } from "vitest";

/** The built program, as a person at a terminal has it. It is killed with the test. */
export interface Program {
  /** Its lines so far, of both outputs. */
  readonly lines: readonly string[];
  /** The lines of its standard error alone. */
  readonly errors: readonly string[];
  /** Its exit code, or the signal that ended it, once everything that it said has been read. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Returns the first line that fits, once it has said it. */
  says(pattern: RegExp): Promise<string>;
  signal(signal: NodeJS.Signals): void;
}

interface ProgramOptions {
  readonly parameters?: readonly string[];
  /** Where its `.env` is. */
  readonly cwd?: string;
}

const SAID_MS = 30_000;

/** Runs `dist/main.js` with the given variables, an embedded database in memory, and a free port. */
export function runGateway(env: Record<string, string>, { parameters = [], cwd }: ProgramOptions = {}): Program {
  const child = spawn(process.execPath, [resolve("dist/main.js"), ...parameters], {
    cwd,
    env: { ...process.env, PORT: "0", DATABASE_URL: "", DATA_DIR: "memory", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  createInterface({ input: child.stderr }).on("line", (line) => {
    lines.push(line);
    errors.push(line);
  });
  const find = (pattern: RegExp) => lines.find((line) => pattern.test(line));
  return {
    lines,
    errors,
    ended: once(child, "close").then(([code, signal]) => code ?? signal),
    says: async (pattern) => {
      await expect.poll(() => find(pattern) ?? lines, { timeout: SAID_MS, interval: 20 }).toEqual(expect.any(String));
      return find(pattern) ?? "";
    },
    signal: (signal) => void child.kill(signal),
  };
}

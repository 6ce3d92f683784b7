import { execFile } from "node:child_process";

export interface ProgramResult {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with these variables on top of the environment. */
export function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  env: Record<string, string> = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { env: { ...process.env, ...env } }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.on("error", reject);
  });
}

import { existsSync, readFileSync } from "node:fs";
import { loadEnvFile } from "node:process";
import { parseEnv } from "node:util";
import { StartError } from "../lib/start-error.js";
import { systemCode } from "../lib/system-code.js";

/** The environment variables, by name. */
export type Env = Readonly<Record<string, string | undefined>>;

const FILE = ".env";

/** The only reader of process.env in the gateway. A `.env` file sets those variables that are not set. */
export function readEnv(): Env {
  if (existsSync(FILE)) ofFile(() => loadEnvFile(FILE));
  return process.env;
}

/** Returns the names of the variables that the `.env` file sets. */
export function namesInEnvFile(): string[] {
  return existsSync(FILE) ? ofFile(() => Object.keys(parseEnv(readFileSync(FILE, "utf8")))) : [];
}

function ofFile<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new StartError(`The file .env cannot be read: ${systemCode(error) ?? String(error)}.`, { cause: error });
  }
}

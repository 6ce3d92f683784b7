import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { StartError } from "../lib/start-error.js";
import { systemCode } from "../lib/system-code.js";

/** The environment variables, by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The only reader of process.env in the gateway. A `.env` file sets those variables that are not set. */
export function readEnv(): Env {
  for (const [name, value] of Object.entries(envFile())) process.env[name] ??= value;
  return process.env;
}

/** Returns the names of the variables that the `.env` file sets. */
export const namesInEnvFile = (): string[] => Object.keys(envFile());

function envFile(): Env {
  try {
    return existsSync(".env") ? parseEnv(readFileSync(".env", "utf8")) : {};
  } catch (error) {
    throw new StartError(`The file .env cannot be read: ${systemCode(error) ?? String(error)}.`, { cause: error });
  }
}

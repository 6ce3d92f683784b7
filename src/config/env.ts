import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";

/** The environment variables, by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The only reader of process.env in the gateway. A `.env` file sets those variables that are not set. */
export function readEnv(): Env {
  if (existsSync(".env")) loadEnvFile(".env");
  return process.env;
}

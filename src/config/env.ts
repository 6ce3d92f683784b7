import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";

/** Environment variables by name. The only reader of process.env in the gateway; a `.env` file fills what is not set. */
export type Env = Readonly<Record<string, string | undefined>>;

export function readEnv(): Env {
  if (existsSync(".env")) loadEnvFile(".env");
  return process.env;
}

import type { Env } from "../config/env.js";
import { StartError } from "../lib/start-error.js";
import { check } from "./check.js";
import { migrateDatabase } from "./migrate-database.js";

/** Does something else than serve, and returns whether all is well. */
type Command = (env: Env, say: (line: string) => void) => Promise<boolean>;

/** The arguments of the program. */
const COMMANDS: Readonly<Record<string, Command>> = { "--check": check, "--migrate": migrateDatabase };

/** Returns the command that the arguments name. Throws StartError if they name none. */
export function commandOf(parameters: readonly string[]): Command {
  const command = Object.entries(COMMANDS).find(([name]) => parameters.length === 1 && name === parameters[0])?.[1];
  if (command) return command;
  throw new StartError(
    `Tollgate does not know "${parameters.join(" ")}". It starts without an argument, and takes one of ${Object.keys(COMMANDS).join(", ")}.`,
  );
}

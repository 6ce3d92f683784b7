import { ConfigError, readConfig } from "../../../src/config/config.js";

/** What is wrong with an environment, a line for each mistake; no line if nothing is wrong. */
export function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
}

import { type Config, ConfigError, readConfig } from "../config/config.js";
import type { Env } from "../config/env.js";
import { inspectDatabase } from "../db/inspect/inspect-database.js";
import { notMigrated, WAY_TO_MIGRATE } from "../db/migrate.js";
import { inspectTrustedDocuments } from "../doors/graphql/trusted/open-trusted-documents.js";
import { inspectProvider } from "../doors/sessions/inspect-provider.js";
import { StartError } from "../lib/start-error.js";
import { reachRedis } from "../streams/redis/reach-redis.js";
import { inspectUpstream } from "../upstream/inspect-upstream.js";

/** What a start needs, and how to find out whether it is there. */
const needsOf = (config: Config): (readonly [name: string, inspect: () => Promise<string>])[] => {
  const { redisUrl, signIn, trustedDocuments, upstreams } = config;
  return [
    ["Database", () => inspectDatabaseOf(config)],
    ...(redisUrl === undefined ? [] : [["Redis", async () => `${await reachRedis(redisUrl)}.`] as const]),
    ...upstreams.map((upstream) => ["Upstream", () => inspectUpstream(upstream)] as const),
    ...(signIn === undefined ? [] : [["Sign-in", () => inspectProvider(signIn)] as const]),
    ...(trustedDocuments === undefined
      ? []
      : [["Documents", () => inspectTrustedDocuments(trustedDocuments)] as const]),
  ];
};

/**
 * Says with one line each whether a start could use the configuration and what it names. Changes nothing. Returns whether
 * all is well.
 */
export async function check(env: Env, say: (line: string) => void): Promise<boolean> {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    say(lineOf("Configuration", "failed", error.problems.join(" ")));
    return false;
  }
  const key = config.adminKeyIsDefault ? "the default admin key" : "the admin key from ADMIN_KEY";
  say(lineOf("Configuration", "ok", `HOST ${config.host}, PORT ${config.port}, ${key}.`));
  const lines = await Promise.all(needsOf(config).map(([name, inspect]) => inspected(name, inspect)));
  for (const { line } of lines) say(line);
  return lines.every(({ isWell }) => isWell);
}

async function inspected(name: string, inspect: () => Promise<string>): Promise<{ line: string; isWell: boolean }> {
  try {
    return { line: lineOf(name, "ok", await inspect()), isWell: true };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { line: lineOf(name, "failed", error.message), isWell: false };
  }
}

async function inspectDatabaseOf({ database, migrateOnStart }: Config): Promise<string> {
  const { description, pending } = await inspectDatabase(database);
  if (pending.length === 0) return `${description}; no migration is pending.`;
  if (!migrateOnStart) throw new StartError(`${description}. ${notMigrated(pending)} ${WAY_TO_MIGRATE}`);
  return `${description}; pending migrations, which the start applies: ${pending.length}.`;
}

const lineOf = (name: string, outcome: "ok" | "failed", sentence: string): string =>
  `${name.padEnd(13)}  ${outcome.padEnd(6)}  ${sentence}`;

import { getHeapStatistics } from "node:v8";
import { ID_RULE, isId } from "../lib/ids.js";
import type { LogFormat, LogLevel } from "../lib/log.js";
import { LOOPBACK_NAMES } from "../lib/loopback.js";
import { StartError } from "../lib/start-error.js";
import type { Env } from "./env.js";
import { EnvReader } from "./reader.js";
import { runningCallsOf } from "./running-calls.js";
import type { Setting, VariableName } from "./setting.js";
import { readSignIn, type SignInConfig } from "./sign-in.js";
import { readUpstreams } from "./upstreams/read-upstreams.js";
import type { UpstreamConfig } from "./upstreams/upstream.js";

/** Everything that can be configured, after it was checked. `.env.example` documents each variable. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly corsOrigins: readonly string[];
  readonly introspection: boolean;
  /** The file of the only documents that teams may send. Undefined means that they may send any. */
  readonly trustedDocuments: string | undefined;
  readonly logLevel: LogLevel;
  /** Null means: for people if the output is a terminal, and otherwise for machines. */
  readonly logFormat: LogFormat | null;
  /** The port on which /metrics is served without a key. Null means none. */
  readonly metricsPort: number | null;
  /** Where traces are sent by OTLP. Null means nowhere. OpenTelemetry itself reads the variable, and others. */
  readonly tracesTo: string | null;
  readonly shutdownGraceMs: number;
  readonly adminKey: string;
  /** Whether the admin key is the published default. If so, the gateway serves loopback only. */
  readonly adminKeyIsDefault: boolean;
  /** How people sign in. Undefined means that only keys are accepted. */
  readonly signIn: SignInConfig | undefined;
  readonly teamTopUp: boolean;
  /** The organization that is there from the start, and that owns new teams if no other is named. Null means none. */
  readonly defaultOrganization: string | null;
  /** The keys of the audit: the one that new lines are made with, and those before it. Without one there is no secret in it. */
  readonly auditKeys: readonly string[];
  readonly database: DatabaseConfig;
  /** Whether a start applies the migrations that are pending. If not, it is refused while there are some. */
  readonly migrateOnStart: boolean;
  /** How long a start waits for a server that is itself still starting. */
  readonly startWaitMs: number;
  /** Undefined if the processes on this database have no Redis in common. */
  readonly redisUrl: string | undefined;
  /** Who answers as the models. Never empty, and each has a name of its own. */
  readonly upstreams: readonly UpstreamConfig[];
  readonly jobs: { readonly ttlMs: number; readonly maxAgeMs: number; readonly maxCalls: number };
  readonly webhooks: {
    /** Whether events may be posted to private networks, and without TLS. */
    readonly allowsPrivate: boolean;
    readonly timeoutMs: number;
    /** What the secrets of webhooks are encrypted with. */
    readonly secretsKey: string;
  };
  readonly calls: {
    readonly leaseMs: number;
    readonly firstTokenTimeoutMs: number;
    readonly idleTimeoutMs: number;
    readonly disconnectGraceMs: number;
    readonly runningMax: number;
    readonly runningOfTeamMax: number;
    readonly contentRetentionMs: number;
  };
  /** All variables as an operator may see them, without what is secret. */
  readonly settings: readonly Setting[];
}

type Checked = Omit<Config, "settings">;

/** What of it a migration needs. */
export type MigrationConfig = Pick<Config, "database" | "logLevel" | "startWaitMs">;

export type DatabaseConfig =
  | { readonly kind: "postgres"; readonly url: string }
  /** If `dataDir` is null, the database is in memory and ends with the process. */
  | { readonly kind: "pglite"; readonly dataDir: string | null };

/** Tells all mistakes of the configuration, one on each line, with the variable's name and its value. */
export class ConfigError extends StartError {
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? "a mistake" : `${problems.length} mistakes`}:\n${problems.map((line) => `  - ${line}`).join("\n")}`,
    );
  }
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DEFAULT_ADMIN_KEY = "sk-admin-key-change-me";

/** Turns environment variables into a Config. Throws one ConfigError with every mistake. */
export function readConfig(env: Env): Config {
  const read = new EnvReader(env);
  const config = configOf(read);
  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return { ...config, settings: read.settings };
}

/**
 * Reads what a migration needs. It asks no model and serves nobody, so it does not need a file of upstreams or a key of
 * theirs to be where it runs.
 */
export function readMigrationConfig(env: Env): MigrationConfig {
  const read = new EnvReader(env);
  const config = migrationConfigOf(read);
  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return config;
}

/** Returns the names of all variables of the gateway. */
export function variableNames(): ReadonlySet<string> {
  const read = new EnvReader({});
  configOf(read);
  return new Set(read.settings.map(({ name }) => name));
}

function configOf(read: EnvReader): Checked {
  const adminKey = readKey(read, "ADMIN_KEY", DEFAULT_ADMIN_KEY);
  const migration = migrationConfigOf(read);
  const running = runningCallsOf(getHeapStatistics().heap_size_limit);
  const config: Checked = {
    host: read.text("HOST", "127.0.0.1"),
    port: read.integer("PORT", 8003, 0, 65_535),
    corsOrigins: readOrigins(read),
    introspection: read.oneOf("INTROSPECTION", "on", ["on", "off"]) === "on",
    trustedDocuments: read.text("TRUSTED_DOCUMENTS"),
    ...migration,
    logFormat: read.oneOf("LOG_FORMAT", null, ["json", "pretty"]),
    metricsPort: read.integer("METRICS_PORT", null, 0, 65_535),
    tracesTo: read.url("OTEL_EXPORTER_OTLP_ENDPOINT", ["http", "https"]) ?? null,
    shutdownGraceMs: read.integer("SHUTDOWN_GRACE_MS", 30 * SECOND, 0, HOUR),
    adminKey,
    adminKeyIsDefault: adminKey === DEFAULT_ADMIN_KEY,
    signIn: readSignIn(read),
    teamTopUp: read.oneOf("TEAM_TOP_UP", "deny", ["deny", "allow"]) === "allow",
    defaultOrganization: readDefaultOrganization(read),
    auditKeys: readAuditKeys(read),
    migrateOnStart: read.oneOf("MIGRATE_ON_START", "true", ["true", "false"]) === "true",
    redisUrl: read.url("REDIS_URL", ["redis", "rediss"]),
    upstreams: readUpstreams(read, setForUse({ database: migration.database, adminKey })),
    jobs: {
      ttlMs: read.integer("JOB_TTL_MS", DAY, SECOND, 365 * DAY),
      maxAgeMs: read.integer("JOB_MAX_AGE_MS", 7 * DAY, SECOND, 365 * DAY),
      maxCalls: read.integer("JOB_MAX_CALLS", 1_000, 1, 100_000),
    },
    webhooks: readWebhooks(read, adminKey),
    calls: {
      leaseMs: read.integer("CALL_LEASE_MS", 30 * SECOND, SECOND, HOUR),
      firstTokenTimeoutMs: read.integer("UPSTREAM_FIRST_TOKEN_TIMEOUT_MS", 120 * SECOND, 1, HOUR),
      idleTimeoutMs: read.integer("UPSTREAM_IDLE_TIMEOUT_MS", 30 * SECOND, 1, HOUR),
      disconnectGraceMs: read.integer("DISCONNECT_GRACE_MS", 5 * SECOND, 0, HOUR),
      runningMax: read.integer("CALLS_RUNNING_MAX", running.max, 1, 100_000),
      runningOfTeamMax: read.integer("CALLS_RUNNING_OF_TEAM_MAX", running.ofTeamMax, 1, 100_000),
      contentRetentionMs: read.integer("CONTENT_RETENTION_MS", 30 * DAY, 0, 3_650 * DAY),
    },
  };
  if (config.adminKeyIsDefault && !LOOPBACK_NAMES.has(config.host)) {
    read.refuse(
      "HOST",
      "must be a loopback address (127.0.0.1, ::1, localhost) while ADMIN_KEY is not set to a key of your own",
      config.host,
      null,
    );
  }
  if (config.metricsPort === config.port && config.port !== 0)
    read.refuse("METRICS_PORT", "must be another port than PORT", config.metricsPort, null);
  return config;
}

function migrationConfigOf(read: EnvReader): MigrationConfig {
  return {
    database: readDatabase(read),
    logLevel: read.oneOf("LOG_LEVEL", "info", ["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
    startWaitMs: read.integer("START_WAIT_MS", MINUTE, 0, HOUR),
  };
}

function readKey<const F extends string | undefined = undefined>(
  read: EnvReader,
  name: VariableName,
  fallback?: F,
): string | F {
  const key = read.secret(name, fallback);
  return key === undefined || /^[\x21-\x7e]{16,512}$/.test(key)
    ? key
    : read.refuse(name, "must be 16 to 512 visible ASCII characters", `${key.length} characters`, key);
}

function readWebhooks(read: EnvReader, adminKey: string): Config["webhooks"] {
  return {
    allowsPrivate: read.oneOf("WEBHOOK_PRIVATE_NETWORKS", "deny", ["deny", "allow"]) === "allow",
    timeoutMs: read.integer("WEBHOOK_TIMEOUT_MS", 15 * SECOND, 100, MINUTE),
    secretsKey: readKey(read, "WEBHOOK_SECRETS_KEY") ?? adminKey,
  };
}

function readDefaultOrganization(read: EnvReader): string | null {
  const id = read.text("DEFAULT_ORGANIZATION") ?? null;
  return id === null || isId(id) ? id : read.refuse("DEFAULT_ORGANIZATION", ID_RULE, id, null);
}

function readAuditKeys(read: EnvReader): readonly string[] {
  const keys = read
    .secret("AUDIT_KEY", "")
    .split(",")
    .map((key) => key.trim())
    .filter(Boolean);
  for (const { length } of keys.filter((key) => !/^[\x21-\x7e]{32,512}$/.test(key)))
    read.refuse(
      "AUDIT_KEY",
      "must be 32 to 512 visible ASCII characters, or several such keys separated by commas, the present one first",
      `one of ${length} characters`,
      null,
    );
  return keys;
}

/** Returns the names of the variables that show that the gateway is set up for real use. */
function setForUse({ database, adminKey }: Pick<Config, "database" | "adminKey">): readonly string[] {
  return [
    ...(database.kind === "postgres" ? ["DATABASE_URL"] : []),
    ...(adminKey !== DEFAULT_ADMIN_KEY ? ["ADMIN_KEY"] : []),
  ];
}

function readOrigins(read: EnvReader): readonly string[] {
  const origins = read
    .text("CORS_ORIGINS", "")
    .split(",")
    .map((text) => text.trim())
    .filter(Boolean);
  const wrong = origins.filter((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  for (const origin of wrong)
    read.refuse("CORS_ORIGINS", "must be origins such as https://app.example.com, separated by commas", origin, null);
  return origins;
}

function readDatabase(read: EnvReader): DatabaseConfig {
  const url = read.url("DATABASE_URL", ["postgres", "postgresql"]);
  const dataDir = read.text("DATA_DIR", "./.data");
  return url ? { kind: "postgres", url } : { kind: "pglite", dataDir: dataDir === "memory" ? null : dataDir };
}

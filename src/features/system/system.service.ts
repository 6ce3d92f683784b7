import { hostname } from "node:os";
import { authorize } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Config } from "../../config/config.js";
import { withoutSecrets } from "../../config/setting.js";
import type { Database } from "../../db/client.js";
import { migrationNames } from "../../db/migrate.js";
import type { Clock } from "../../lib/clock.js";
import { VERSION } from "../../lib/observe/version.js";
import type { SharedRedis } from "../../streams/redis/open-redis.js";
import { readServer } from "./system.sql.js";
import { DatabaseKind, type SystemDatabase, type SystemInfo, UpstreamKind } from "./system.type.js";

/** The longest that an answer waits for the database. */
const ANSWER_TIMEOUT_MS = 2_000;
const MS_PER_SECOND = 1_000;

interface SystemDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly database: Database;
  readonly redis: SharedRedis;
}

/** What the admin is told of the process that answers. Of other processes it knows nothing. */
export class SystemService {
  private readonly startedAt: Date;
  private readonly startedAtMs: number;
  private migrations: readonly string[] | undefined;

  constructor(private readonly deps: SystemDeps) {
    this.startedAt = deps.clock.now();
    this.startedAtMs = deps.clock.elapsedMs();
  }

  /** Says what there is now. It answers although the database does not. It never has a secret in it. */
  async get(viewer: Viewer): Promise<SystemInfo> {
    authorize(viewer, "system.read");
    const { config, clock, redis } = this.deps;
    const { upstream } = config;
    return {
      version: VERSION,
      startedAt: this.startedAt,
      uptimeSeconds: Math.floor((clock.elapsedMs() - this.startedAtMs) / MS_PER_SECOND),
      nodeVersion: process.versions.node,
      host: hostname(),
      processId: process.pid,
      database: await this.databaseNow(),
      redis: redis.address === undefined ? null : { address: redis.address, isConnected: redis.link.isUp },
      upstream:
        upstream.kind === "simulated"
          ? { kind: UpstreamKind.SIMULATED, address: null, hasKey: false }
          : {
              kind: UpstreamKind.OPENAI_COMPATIBLE,
              address: withoutSecrets(upstream.url),
              hasKey: upstream.apiKey !== undefined,
            },
      settings: config.settings,
    };
  }

  private async databaseNow(): Promise<SystemDatabase> {
    const { kind, description } = this.deps.database;
    const what = { kind: kind === "pglite" ? DatabaseKind.PGLITE : DatabaseKind.POSTGRESQL, description };
    return { ...what, ...(await Promise.race([this.askDatabase(), noAnswerInTime()])) };
  }

  private async askDatabase(): Promise<Omit<SystemDatabase, "kind" | "description">> {
    const { clock, database } = this.deps;
    const began = clock.elapsedMs();
    const fault = await database.fault();
    const latencyMs = Math.round(clock.elapsedMs() - began);
    const [server] = await database.sql.run(readServer, {}).catch(() => []);
    if (!server) return { ...NOTHING_KNOWN, fault: fault ?? "The database does not answer." };
    this.migrations ??= migrationNames();
    const applied = new Set(server.applied);
    return {
      fault,
      latencyMs,
      serverVersion: server.serverVersion,
      appliedMigrations: applied.size,
      pendingMigrations: this.migrations.filter((name) => !applied.has(name)),
    };
  }
}

const NOTHING_KNOWN = { latencyMs: null, serverVersion: null, appliedMigrations: null, pendingMigrations: null };

function noAnswerInTime(): Promise<typeof NOTHING_KNOWN & { fault: string }> {
  const answer = { ...NOTHING_KNOWN, fault: "The database does not answer in time." };
  return new Promise((resolve) => setTimeout(resolve, ANSWER_TIMEOUT_MS, answer).unref());
}

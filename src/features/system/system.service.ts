import { hostname } from "node:os";
import { authorize } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Config } from "../../config/config.js";
import { withoutSecrets } from "../../config/setting.js";
import { DEFAULT_UPSTREAM, type HttpKind, type UpstreamConfig } from "../../config/upstreams/upstream.js";
import type { Database } from "../../db/client.js";
import { migrationNames } from "../../db/migrate.js";
import type { Clock } from "../../lib/clock.js";
import { VERSION } from "../../lib/observe/version.js";
import type { SharedRedis } from "../../streams/redis/open-redis.js";
import type { Upstreams } from "../../upstream/upstreams.js";
import type { ModelCircuitService } from "../models/circuits/model-circuit.service.js";
import type { ModelCircuit } from "../models/circuits/model-circuit.type.js";
import { readServer } from "./system.sql.js";
import {
  DatabaseKind,
  type SystemDatabase,
  type SystemInfo,
  type SystemUpstream,
  UpstreamKind,
} from "./system.type.js";

/** The longest that an answer waits for the database. */
const ANSWER_TIMEOUT_MS = 2_000;
const MS_PER_SECOND = 1_000;

interface SystemDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly database: Database;
  readonly redis: SharedRedis;
  readonly upstreams: Upstreams;
  readonly modelCircuits: ModelCircuitService;
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
    const upstreams = this.upstreamsNow(viewer);
    const [first] = upstreams;
    if (!first) throw new Error("Somebody must answer as the models.");
    return {
      version: VERSION,
      startedAt: this.startedAt,
      uptimeSeconds: Math.floor((clock.elapsedMs() - this.startedAtMs) / MS_PER_SECOND),
      nodeVersion: process.versions.node,
      host: hostname(),
      processId: process.pid,
      database: await this.databaseNow(),
      redis: redis.address === undefined ? null : { address: redis.address, isConnected: redis.link.isUp },
      upstream: upstreams.find(({ name }) => name === DEFAULT_UPSTREAM) ?? first,
      upstreams,
      settings: config.settings,
    };
  }

  private upstreamsNow(viewer: Viewer): SystemUpstream[] {
    const { config, upstreams, modelCircuits } = this.deps;
    const circuits = modelCircuits.list(viewer);
    return upstreams.list.map(({ name, timeLimits, turns, health }) => {
      const { lastAnsweredAt, lastFailedAt, lastFailure } = health;
      return {
        name,
        ...placeOf(config.upstreams.find((upstream) => upstream.name === name)),
        ...timeLimits,
        concurrencyMax: turns.max,
        runningRequests: turns.running,
        lastAnsweredAt,
        lastFailedAt,
        lastFailure,
        circuits: circuits.filter(({ upstream }) => upstream === name) as ModelCircuit[],
      };
    });
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

const KINDS: Readonly<Record<HttpKind, UpstreamKind>> = {
  openai: UpstreamKind.OPENAI,
  anthropic: UpstreamKind.ANTHROPIC,
  "azure-openai": UpstreamKind.AZURE_OPENAI,
  "openai-compatible": UpstreamKind.OPENAI_COMPATIBLE,
};

/** Where an upstream is, without what is secret in it. */
function placeOf(config: UpstreamConfig | undefined): Pick<SystemUpstream, "kind" | "address" | "hasKey"> {
  if (config === undefined || config.kind === "simulated")
    return { kind: UpstreamKind.SIMULATED, address: null, hasKey: false };
  return {
    kind: KINDS[config.kind],
    address: withoutSecrets(config.url),
    hasKey: config.apiKey !== undefined,
  };
}

const NOTHING_KNOWN = { latencyMs: null, serverVersion: null, appliedMigrations: null, pendingMigrations: null };

function noAnswerInTime(): Promise<typeof NOTHING_KNOWN & { fault: string }> {
  const answer = { ...NOTHING_KNOWN, fault: "The database does not answer in time." };
  return new Promise((resolve) => setTimeout(resolve, ANSWER_TIMEOUT_MS, answer).unref());
}

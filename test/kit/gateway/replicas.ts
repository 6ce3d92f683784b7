import { afterAll, beforeAll, expect } from "vitest";
import { SocketClient } from "../clients/ws.js";
import { createPostgresUrl, hasPostgres } from "../database/database.js";
import { hasRedis, type RedisServer, startRedis } from "../redis.js";
import type { TestTeam } from "../world.js";
import { type Gateway, startGateway } from "./gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "./gateway-process.js";

export const canReplicate = (): boolean => hasPostgres() && hasRedis();

/** A gateway that shares a PostgreSQL and a Redis with others. */
export type Replica = Pick<GatewayProcess, "url" | "client">;

export interface ReplicasOf<Kind extends Replica> {
  /** Builds the world, and holds the database and the upstream. It has no Redis and runs none of the calls. */
  readonly witness: Gateway;
  readonly redis: RedisServer;
  readonly databaseUrl: string;
  readonly a: Kind;
  readonly b: Kind;
  readonly c: Kind;
  /** One more like the three. */
  start(env?: Record<string, string>): Promise<Kind>;
  /** Returns when the three are connected to Redis. */
  connected(): Promise<void>;
  /** A socket of a team on one of them, closed with them. */
  socket(at: Replica, team: Pick<TestTeam, "secret">): SocketClient;
}

export type Replicas = ReplicasOf<GatewayProcess>;

/** Three processes of the built gateway, on one PostgreSQL and one Redis, for all tests of a `describe` or a file. */
export function useReplicas(env: Record<string, string> = {}): Replicas {
  return useThree(
    async (ofAll) => {
      buildGateway();
      return startGatewayProcess(ofAll);
    },
    (process) => process.kill(),
    env,
  );
}

/** The same in the process of the test, which can therefore stop their clocks. */
export function useReplicasHere(): ReplicasOf<Gateway> {
  return useThree(
    ({ DATABASE_URL: databaseUrl, ...env }) => startGateway({ databaseUrl: databaseUrl as string, env }),
    (gateway) => gateway.close(),
    { SHUTDOWN_GRACE_MS: "0" },
  );
}

function useThree<Kind extends Replica>(
  startOne: (env: Record<string, string>) => Promise<Kind>,
  end: (one: Kind) => Promise<void>,
  env: Record<string, string>,
): ReplicasOf<Kind> {
  let started: ReplicasOf<Kind> | undefined;
  const all: Kind[] = [];
  const sockets: SocketClient[] = [];
  beforeAll(async () => {
    const [databaseUrl, redis] = await Promise.all([createPostgresUrl(), startRedis()]);
    const witness = await startGateway({ databaseUrl, upstream: "scripted" });
    const ofAll = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, UPSTREAM_URL: witness.upstream.url, ...env };
    const start = async (more: Record<string, string> = {}) => {
      const one = await startOne({ ...ofAll, ...more });
      all.push(one);
      return one;
    };
    const socket = (at: Replica, team: Pick<TestTeam, "secret">) => {
      const client = new SocketClient(at.url, { Authorization: `Bearer ${team.secret}` });
      sockets.push(client);
      return client;
    };
    const [a, b, c] = [await start(), await start(), await start()];
    const connected = async () => {
      for (const { url } of [a, b, c]) await expect.poll(() => redisOf(url), { timeout: 10_000 }).toBe("connected");
    };
    started = { witness, redis, databaseUrl, a, b, c, start, connected, socket };
  }, 300_000);
  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await Promise.all(all.map(end));
    await started?.witness.close();
    await started?.redis.close();
  });
  return new Proxy({} as ReplicasOf<Kind>, {
    get: (_, name) => {
      if (!started) throw new Error("The gateways are there only inside tests.");
      return started[name as keyof ReplicasOf<Kind>];
    },
  });
}

async function redisOf(url: string): Promise<unknown> {
  const { redis } = (await (await fetch(`${url}/health/ready`)).json()) as { redis?: unknown };
  return redis;
}

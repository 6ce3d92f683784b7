import { afterAll, beforeAll, expect } from "vitest";
import { SocketClient } from "../clients/ws.js";
import { createPostgresUrl, hasPostgres } from "../database/database.js";
import { hasRedis, type RedisServer, startRedis } from "../redis.js";
import type { TestTeam } from "../world.js";
import { type Gateway, startGateway } from "./gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "./gateway-process.js";

export const canReplicate = (): boolean => hasPostgres() && hasRedis();

export interface Replicas {
  /** Builds the world, and holds the database and the upstream. It has no Redis and runs none of the calls. */
  readonly witness: Gateway;
  readonly redis: RedisServer;
  readonly databaseUrl: string;
  readonly a: GatewayProcess;
  readonly b: GatewayProcess;
  readonly c: GatewayProcess;
  /** One more process like the three. */
  start(env?: Record<string, string>): Promise<GatewayProcess>;
  /** Returns when the three are connected to Redis. */
  connected(): Promise<void>;
  /** A socket of a team on a process, closed with the processes. */
  socket(at: GatewayProcess, team: Pick<TestTeam, "secret">): SocketClient;
}

/** Three processes of the built gateway, on one PostgreSQL and one Redis, for all tests of a `describe` or a file. */
export function useReplicas(env: Record<string, string> = {}): Replicas {
  let started: Replicas | undefined;
  const processes: GatewayProcess[] = [];
  const sockets: SocketClient[] = [];
  beforeAll(async () => {
    buildGateway();
    const [databaseUrl, redis] = await Promise.all([createPostgresUrl(), startRedis()]);
    const witness = await startGateway({ databaseUrl, upstream: "scripted" });
    const ofAll = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, UPSTREAM_URL: witness.upstream.url, ...env };
    const start = async (more: Record<string, string> = {}) => {
      const process = await startGatewayProcess({ ...ofAll, ...more }, "dist");
      processes.push(process);
      return process;
    };
    const socket: Replicas["socket"] = (at, team) => {
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
    await Promise.all(processes.map((process) => process.kill()));
    await started?.witness.close();
    await started?.redis.close();
  });
  return new Proxy({} as Replicas, {
    get: (_, name) => {
      if (!started) throw new Error("The processes are there only inside tests.");
      return started[name as keyof Replicas];
    },
  });
}

async function redisOf(url: string): Promise<unknown> {
  const { redis } = (await (await fetch(`${url}/health/ready`)).json()) as { redis?: unknown };
  return redis;
}

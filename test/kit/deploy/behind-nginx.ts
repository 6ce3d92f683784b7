import { resolve } from "node:path";
import { GraphqlClient } from "../clients/graphql.js";
import { createPostgresUrl } from "../database/database.js";
import { freePort } from "../free-port.js";
import { ADMIN_KEY } from "../gateway/gateway.js";
import { buildGateway } from "../gateway/gateway-process.js";
import { startRedis } from "../redis.js";
import { type ScriptedUpstream, startUpstream } from "../upstream/upstream.js";
import { World } from "../world.js";
import { type ContainedGateway, startContained } from "./contained.js";
import { type Nginx, startNginx } from "./nginx.js";

/** Two gateways in processes of their own, with one database, one Redis and one upstream, behind nginx. */
export interface BehindNginx {
  readonly nginx: Nginx;
  readonly upstream: ScriptedUpstream;
  /** Works through nginx. */
  readonly world: World;
  readonly gateways: [ContainedGateway, ContainedGateway];
  client(credential: string): GraphqlClient;
  /** Starts a gateway that has ended again, on its port. */
  restart(index: 0 | 1): Promise<void>;
  stop(): Promise<void>;
}

export async function startBehindNginx(): Promise<BehindNginx> {
  buildGateway();
  const [databaseUrl, redis, upstream] = await Promise.all([createPostgresUrl(), startRedis(), startUpstream()]);
  const ports = [await freePort(), await freePort()] as const;
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, UPSTREAM_URL: upstream.url, LOG_LEVEL: "silent" };
  const start = (index: 0 | 1) =>
    startContained({ command: ["node", resolve("dist/main.js")], env, cwd: resolve(".") }, ports[index]);
  // One after the other, because the first one migrates.
  const gateways: [ContainedGateway, ContainedGateway] = [await start(0), await start(1)];
  const nginx = await startNginx(ports);
  const client = (credential: string) => new GraphqlClient(nginx.url, { authorization: `Bearer ${credential}` });
  return {
    nginx,
    upstream,
    gateways,
    client,
    world: new World(client(ADMIN_KEY), client),
    restart: async (index) => {
      gateways[index] = await start(index);
    },
    stop: async () => {
      await nginx.stop();
      await Promise.all(gateways.map((gateway) => gateway.kill()));
      await Promise.all([upstream.close(), redis.close()]);
    },
  };
}

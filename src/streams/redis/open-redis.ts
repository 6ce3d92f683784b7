import type { RedisOptions } from "ioredis";
import type { Logger } from "../../lib/log.js";
import { Peers } from "./peers.js";
import { NO_REDIS, RedisConnections, type RedisLink } from "./redis-link.js";
import { StreamReader } from "./stream-reader.js";

/** A connection on which no answer comes for so long is taken for broken. One that waits gets one each second. */
const ANSWER_MS = 3_000;
const CONNECT_MS = 3_000;
const RETRY_MAX_MS = 1_000;

/** What the parts of this process share of Redis. */
export interface SharedRedis {
  /** The host and port of Redis. Undefined if none is configured. */
  readonly address: string | undefined;
  readonly link: RedisLink;
  readonly peers: Peers;
}

/**
 * Nothing waits for Redis: a command fails at once while it is away, and is not sent again. Both would send what is no
 * longer true.
 */
export const REDIS_OPTIONS: RedisOptions = {
  protocol: 2,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  connectTimeout: CONNECT_MS,
  socketTimeout: ANSWER_MS,
  retryStrategy: (times) => Math.min(times * 50, RETRY_MAX_MS),
  connectionName: "tollgate",
  disableClientInfo: true,
};

/** Opens Redis, if there is one. It need not be there yet. Its client is loaded only if it is needed. */
export async function openRedis(url: string | undefined, log: Logger): Promise<SharedRedis> {
  if (url === undefined) return { address: undefined, link: NO_REDIS, peers: new Peers(NO_REDIS) };
  const { Redis } = await import("ioredis");
  const [writer, waiter] = [new Redis(url, REDIS_OPTIONS), new Redis(url, REDIS_OPTIONS)];
  const link = new RedisConnections(writer, waiter, new StreamReader(waiter, log), log);
  return { address: new URL(url).host, link, peers: new Peers(link) };
}

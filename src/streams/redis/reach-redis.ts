import { NotUpYet, StartError } from "../../lib/start-error.js";
import { systemCode } from "../../lib/system-code.js";
import { REDIS_OPTIONS } from "./open-redis.js";
import { isRefusal, tryOut } from "./refusal.js";

/** What Redis, the system or the network says while Redis is still starting. */
const NOT_UP_YET =
  /^(ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$|^(LOADING|MASTERDOWN|BUSY) |Connection is closed/;

/** It is there, but no process can work with it as long as nobody does something about it. */
const REFUSES = /^(OOM|READONLY|MISCONF|NOREPLICAS|WRONGTYPE) /;

/**
 * Asks Redis to do what is always asked of it, and returns where it is and its version. Throws NotUpYet if waiting may
 * help, and otherwise StartError with a sentence that says what to do and shows no password.
 */
export async function reachRedis(url: string): Promise<string> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, { ...REDIS_OPTIONS, lazyConnect: true, retryStrategy: () => null });
  let failure: unknown;
  redis.on("error", (error) => {
    failure = error;
  });
  try {
    await redis.connect();
    const version = /redis_version:(\S+)/.exec(await redis.info("server"))?.[1];
    const refusal = await tryOut(redis, redis);
    if (refusal) throw refusal;
    return `Redis ${version ?? "of an unknown version"} at ${placeOf(url)}`;
  } catch (error) {
    throw refusalOf(url, failure ?? error);
  } finally {
    redis.disconnect();
  }
}

function refusalOf(url: string, error: unknown): StartError {
  const code = systemCode(error) ?? "";
  const message = error instanceof Error ? error.message : String(error);
  const place = placeOf(url);
  if (NOT_UP_YET.test(code) || NOT_UP_YET.test(message))
    return new NotUpYet(`Redis at ${place} takes no connections: ${code || message}.`);
  if (isRefusal(error) && REFUSES.test(message))
    return new NotUpYet(`Redis at ${place} refuses to work: ${message.replace(/\.$/, "")}.`);
  if (code === "ENOTFOUND") return new StartError(`The host ${place} of REDIS_URL is not known. Correct its name.`);
  if (/^(NOAUTH|WRONGPASS|NOPERM)/.test(message))
    return new StartError(`Redis at ${place} refuses the login of REDIS_URL: ${message.replace(/\.$/, "")}.`);
  return new StartError(`Redis at ${place}, from REDIS_URL, cannot be used: ${message.replace(/\.$/, "")}.`);
}

const placeOf = (url: string): string => new URL(url).host;

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { hasRedis, type RedisServer, startRedis } from "../../kit/redis.js";
import { startFollower, startOwner } from "../../kit/streams/replicated-log.js";
import { Copy, never } from "../../kit/streams/stream-log.js";

const MEGABYTE = "x".repeat(1024 * 1024);
/** Twice as much as may be on its way to Redis. */
const MEGABYTES = 32;

describe.runIf(hasRedis())("a log that is larger than what may be on its way to Redis", { timeout: 60_000 }, () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  async function start() {
    const [owner, follower] = [await startOwner(redis.url, {}), await startFollower(redis.url, {})];
    onTestFinished(async () => void (await Promise.all([owner.close(), follower.close()])));
    return { ...owner, ...follower, key: newId() };
  }

  it("is followed all the same", async () => {
    const { log, replicas, key } = await start();
    for (let count = 0; count < MEGABYTES; count++) log.append(key, MEGABYTE);
    const copy = new Copy();
    const { value } = await replicas.read(key, 0, never).next();
    if (value) copy.take(value);
    expect(copy.text.length).toBe(MEGABYTES * MEGABYTE.length);
  });

  it("costs its process nothing while Redis does not answer", async () => {
    const { log, replicas, written, key } = await start();
    log.append(key, "start,");
    await replicas.read(key, 0, never).next();
    redis.freeze();
    const before = written();
    for (let count = 0; count < MEGABYTES; count++) {
      log.append(key, MEGABYTE);
      await new Promise(setImmediate);
    }
    redis.thaw();
    expect(written() - before).toBeLessThan(MEGABYTES * MEGABYTE.length);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../../src/lib/log.js";
import { startUpText } from "../../src/start-up-text.js";
import { pingRedis } from "../../src/streams/redis/open-redis.js";
import { send } from "../kit/clients/http.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { hasRedis, type RedisServer, startRedis } from "../kit/redis.js";

describe.runIf(hasRedis())("a Redis that goes and comes back", () => {
  let redis: RedisServer;
  let gateway: Gateway;
  const lines: string[] = [];
  beforeAll(async () => {
    redis = await startRedis();
    const log = createLog("info");
    for (const level of ["info", "warn"] as const)
      log[level] = ((_: unknown, text?: string) => lines.push(text ?? String(_))) as never;
    gateway = await startGateway({ env: { REDIS_URL: redis.url }, log });
  });
  afterAll(async () => {
    await gateway?.close();
    await redis?.close();
  });

  const ready = async () => JSON.parse((await send(gateway, { path: "/health/ready" })).text);
  const aboutRedis = () => lines.filter((line) => line.startsWith("Redis"));

  it("is shown by /health/ready and told once in the log, and the gateway works all the time", async () => {
    await expect.poll(ready).toEqual({ status: "ready", redis: "connected" });
    expect(aboutRedis()).toEqual([]);
    await redis.stop();
    await expect.poll(ready).toEqual({ status: "ready", redis: "away" });
    expect((await (await (await gateway.world.team()).job()).call()).status).toBe("SUCCEEDED");
    await redis.start();
    await expect.poll(ready).toEqual({ status: "ready", redis: "connected" });
    expect(aboutRedis()).toEqual(["Redis is away. Calls run and are settled without it.", "Redis is back."]);
  });

  it("is noticed too if it hangs without breaking a connection", { timeout: 30_000 }, async () => {
    redis.freeze();
    await expect.poll(ready, { timeout: 10_000 }).toEqual({ status: "ready", redis: "away" });
    redis.thaw();
    await expect.poll(ready, { timeout: 10_000 }).toEqual({ status: "ready", redis: "connected" });
  });

  it("is named at the start, without its password", () => {
    const address = redis.url.slice("redis://".length);
    expect(startUpText(gateway.app, "http://127.0.0.1:1")).toContain(`  Redis      ${address}, which connects`);
  });

  it("is pinged", async () => {
    await pingRedis(redis.url);
    await redis.stop();
    await expect(pingRedis(redis.url)).rejects.toThrow("ECONNREFUSED");
    await redis.start();
  });
});

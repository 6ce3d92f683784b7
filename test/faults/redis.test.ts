import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../../src/lib/log.js";
import { startUpText } from "../../src/start-up-text.js";
import { send } from "../kit/clients/http.js";
import { Metrics } from "../kit/clients/metrics.js";
import { ADMIN_KEY, type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";
import { runGateway } from "../kit/gateway/program.js";
import { hasRedis, type RedisServer, startRedis } from "../kit/redis.js";

describe.runIf(hasRedis())("a Redis that goes and comes back", () => {
  let redis: RedisServer;
  let gateway: Gateway;
  const lines: string[] = [];
  beforeAll(async () => {
    buildGateway();
    redis = await startRedis();
    const log = createLog("info");
    for (const level of ["info", "warn"] as const)
      log[level] = ((_: unknown, text?: string) => lines.push(text ?? String(_))) as never;
    gateway = await startGateway({ env: { REDIS_URL: redis.url }, log });
  }, 120_000);
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

  it("is one of the metrics", async () => {
    const up = async () => (await Metrics.of(gateway.url, ADMIN_KEY)).sum("tollgate_up", { part: "redis" });
    await expect.poll(up).toBe(1);
    await redis.stop();
    await expect.poll(up).toBe(0);
    await redis.start();
    await expect.poll(up).toBe(1);
  });

  it("is named by --check with its version, or with why not", async () => {
    const lineAbout = async (env: Record<string, string>) => {
      const { ended, lines } = runGateway({ SIMULATED: "on", ...env }, { parameters: ["--check"] });
      await ended;
      return lines.find((line) => line.startsWith("Redis"));
    };
    const address = redis.url.slice("redis://".length);
    expect(await lineAbout({ REDIS_URL: redis.url })).toMatch(new RegExp(`ok +Redis [0-9.]+ at ${address}\\.`));
    expect(await lineAbout({})).toBeUndefined();
    const wrong = await lineAbout({ REDIS_URL: redis.url.replace("redis://", "redis://user:secret@") });
    expect(wrong).toMatch(/failed +Redis at .* refuses the login of REDIS_URL/);
    expect(wrong).not.toContain("secret");
    await redis.client.config("SET", "maxmemory", "1");
    expect(await lineAbout({ REDIS_URL: redis.url })).toMatch(/failed +Redis at .* refuses to work: OOM .*\./);
    await redis.client.config("SET", "maxmemory", "0");
  });

  it("is waited for by a start, which goes on without it if it does not come", async () => {
    const env = { SIMULATED: "on", REDIS_URL: redis.url, START_WAIT_MS: "700" };
    await redis.stop();
    const alone = runGateway(env);
    await alone.says(/takes no connections: ECONNREFUSED\. The start waits for it/);
    await alone.says(/The gateway works without it until it is there/);
    await alone.says(/Tollgate is listening/);
    const waiting = runGateway({ ...env, START_WAIT_MS: "20000" });
    await waiting.says(/The start waits for it/);
    await redis.start();
    await waiting.says(/Tollgate is listening/);
    expect(waiting.lines.join("\n")).not.toContain("works without it");
    const refused = runGateway({ ...env, REDIS_URL: redis.url.replace("redis://", "redis://user:secret@") });
    expect(await refused.ended).toBe(1);
    expect(refused.errors.join("\n")).toMatch(/refuses the login of REDIS_URL/);
  });
});

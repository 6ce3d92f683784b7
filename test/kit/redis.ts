import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "./free-port.js";

/** A redis-server of the test's own, which keeps nothing when it is stopped. */
export interface RedisServer {
  readonly url: string;
  /** A client for looking into it and for disturbing it. */
  readonly client: Redis;
  /** Ends it. All that it held is lost. */
  stop(): Promise<void>;
  /** Starts it again on its port; returns when it answers. */
  start(): Promise<void>;
  /** It answers nobody any more, and no connection breaks. */
  freeze(): void;
  thaw(): void;
  /** Ends it for good. */
  close(): Promise<void>;
}

/** Whether this machine has a redis-server for the tests; CI must. */
export function hasRedis(): boolean {
  const isHere = spawnSync("redis-server", ["--version"]).status === 0;
  if (!isHere && process.env.REQUIRE_REDIS) throw new Error("REQUIRE_REDIS is set, and there is no redis-server.");
  return isHere;
}

export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-redis-"));
  const port = await freePort();
  const client = new Redis(port, "127.0.0.1", {
    lazyConnect: true,
    retryStrategy: () => 20,
    maxRetriesPerRequest: null,
  });
  // It is told by the command that fails.
  client.on("error", () => undefined);
  let child: ChildProcess | undefined;
  const start = async () => {
    const options = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      folder,
    ];
    child = spawn("redis-server", options, { stdio: "ignore" });
    if (client.status === "wait") await client.connect().catch(() => undefined);
    await client.ping();
  };
  const stop = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    start,
    stop,
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    close: async () => {
      client.disconnect();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

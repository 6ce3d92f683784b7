import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { reachRedis } from "../../src/streams/redis/reach-redis.js";
import { pin } from "./cores.js";
import { freePort } from "./install.js";

const TRIES = 100;

/** A Redis that keeps nothing. */
export interface BenchRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts one on a free port. Throws if the machine has no redis-server. */
export async function startRedis(): Promise<BenchRedis> {
  if (spawnSync("redis-server", ["--version"]).status !== 0) throw new Error("this machine has no redis-server");
  const url = `redis://127.0.0.1:${await freePort()}`;
  const { port } = new URL(url);
  const child = spawn("redis-server", ["--port", port, "--bind", "127.0.0.1", "--save", ""], { stdio: "ignore" });
  const ended = once(child, "exit");
  pin(child.pid ?? 0, "others");
  for (let tries = 0; ; tries++) {
    const failure = await reachRedis(url).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) break;
    if (tries === TRIES) throw failure;
    await sleep(50);
  }
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

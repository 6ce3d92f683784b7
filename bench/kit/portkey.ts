import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Program } from "./program.js";
import { receive } from "./receive.js";
import type { Target } from "./target.js";

const PACKAGE = "@portkey-ai/gateway";
const VERSION = "1.15.2";
/**
 * The package also allows later versions of this. Those hand out headers that it cannot change, so that every stream is
 * a 500.
 */
const OVERRIDES = { "@hono/node-server": "1.13.0" };
const READY_TIMEOUT_MS = 30_000;

export interface Portkey {
  readonly target: Target;
  readonly cpuSeconds: () => number;
  stop(): Promise<void>;
}

/**
 * Installs Portkey's gateway into a temporary folder for this run, starts it in front of the same upstream, and tries
 * it once. If that fails, it says why and returns undefined, and there is nothing to compare with.
 */
export async function startPortkey(upstreamUrl: string, model: string): Promise<Portkey | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "bench-portkey-"));
  let running: Program | undefined;
  const stop = async () => {
    await running?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await install(folder);
    const port = await freePort();
    const program = new Program("Portkey", join(folder, "node_modules", PACKAGE, "build", "start-server.js"), {
      args: [`--port=${port}`, "--headless"],
      env: { NODE_ENV: "production" },
      isQuiet: true,
    });
    running = program;
    const headers = { "x-portkey-provider": "openai", "x-portkey-custom-host": upstreamUrl };
    const url = `http://127.0.0.1:${port}/v1`;
    const target: Target = { name: "Portkey, SSE", transport: "openai-sse", url, headers, model };
    await untilAnswers(target.url);
    await receive(target, () => {});
    return { target, cpuSeconds: () => program.cpuSeconds(), stop };
  } catch (error) {
    await stop();
    console.log(`  without Portkey: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

async function install(folder: string): Promise<void> {
  const dependencies = { [PACKAGE]: VERSION };
  await writeFile(join(folder, "package.json"), JSON.stringify({ dependencies, overrides: OVERRIDES }));
  await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder });
}

async function untilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await fetch(url).catch(() => undefined))) {
    if (Date.now() > deadline) throw new Error("it does not answer");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

import { join } from "node:path";
import { freePort, install } from "./install.js";
import { Program } from "./program.js";

const PACKAGE = "@portkey-ai/gateway";
export const PORTKEY_VERSION = "1.15.2";
/**
 * The package also allows later versions of this. Those hand out headers that it cannot change, so that every stream is
 * a 500.
 */
const OVERRIDES = { "@hono/node-server": "1.13.0" };
const READY_TIMEOUT_MS = 30_000;

export interface Portkey {
  readonly origin: string;
  /** They say which upstream is asked. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cpuSeconds: () => number;
  stop(): Promise<void>;
}

/** Installs Portkey's gateway into a temporary folder for this run, and starts it in front of the same upstream. */
export async function startPortkey(upstreamUrl: string): Promise<Portkey> {
  const { folder, remove } = await install({ dependencies: { [PACKAGE]: PORTKEY_VERSION }, overrides: OVERRIDES });
  const port = await freePort();
  const program = new Program("Portkey", join(folder, "node_modules", PACKAGE, "build", "start-server.js"), {
    args: [`--port=${port}`, "--headless"],
    core: "gateway",
    env: { NODE_ENV: "production" },
    isQuiet: true,
  });
  const stop = async () => {
    await program.stop();
    await remove();
  };
  const origin = `http://127.0.0.1:${port}`;
  const headers = { "x-portkey-provider": "openai", "x-portkey-custom-host": upstreamUrl };
  try {
    await untilAnswers(origin);
    return { origin, headers, cpuSeconds: () => program.cpuSeconds(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await fetch(url).catch(() => undefined))) {
    if (Date.now() > deadline) throw new Error("it does not answer");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

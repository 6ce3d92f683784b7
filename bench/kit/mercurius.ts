import { freePort, install } from "./install.js";
import { Program } from "./program.js";

export const MERCURIUS_VERSION = "16.10.0";
const DEPENDENCIES = { mercurius: MERCURIUS_VERSION, fastify: "5.12.8", graphql: "16.15.0", pg: "8.23.1" };

export interface Mercurius {
  readonly origin: string;
  readonly cpuSeconds: () => number;
  stop(): Promise<void>;
}

/** Installs Mercurius into a temporary folder for this run, and starts it on a database that Tollgate has filled. */
export async function startMercurius(databaseUrl: string): Promise<Mercurius> {
  const { folder, remove } = await install({ dependencies: DEPENDENCIES });
  const port = await freePort();
  const file = new URL("../programs/mercurius.mjs", import.meta.url).pathname;
  const program = new Program("Mercurius", file, {
    args: [folder, databaseUrl, String(port)],
    core: "gateway",
    env: { NODE_ENV: "production" },
  });
  const stop = async () => {
    await program.stop();
    await remove();
  };
  try {
    await program.says(/ready/);
    return { origin: `http://127.0.0.1:${port}`, cpuSeconds: () => program.cpuSeconds(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

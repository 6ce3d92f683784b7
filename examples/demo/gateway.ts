import { randomBytes } from "node:crypto";
import { deadline } from "./deadline.js";
import type { Options } from "./options.js";
import type { Progress } from "./progress.js";

const START_TIMEOUT_MS = 120_000;
/** When the demo closes its gateway, a call still runs only if a step failed or was interrupted. */
const SHUTDOWN_GRACE_MS = 1_000;

/** The gateway that the steps talk to. */
export interface Gateway {
  readonly url: string;
  readonly adminKey: string;
  /** The demo has started it, and throws it away in the end. */
  readonly isOurs: boolean;
  close(): Promise<void>;
}

/** Prints which gateway is used, and starts one if the options name none. */
export async function openGateway(
  options: Exclude<Options, { kind: "help" }>,
  progress: Progress,
  interrupted: AbortSignal,
): Promise<Gateway> {
  if (options.kind === "running-gateway") {
    const { url, adminKey } = options;
    progress.say(`Gateway:  ${url}/graphql, as given with --url`);
    return { url, adminKey, isOurs: false, close: () => Promise.resolve() };
  }
  progress.say("Starting a gateway with an embedded database of its own ...");
  const inTime = deadline(startGateway(), "The gateway did not start", START_TIMEOUT_MS, interrupted);
  const { lines, ...gateway } = await progress.during(inTime);
  for (const line of lines) progress.say(line);
  return gateway;
}

/** Starts a gateway inside this process, on a free port. It keeps its data in memory and has a random admin key. */
async function startGateway(): Promise<Gateway & { readonly lines: readonly string[] }> {
  const startedAt = performance.now();
  // The gateway is loaded only here, so that --url and --help need not wait for it. app.js must come first, because it
  // loads reflect-metadata, which the decorators in server.js's imports need.
  const { createApp } = await import("../../src/app.js");
  const { startServer } = await import("../../src/server.js");
  const { readConfig } = await import("../../src/config/config.js");
  const adminKey = `sk-demo-${randomBytes(32).toString("hex")}`;
  const app = await createApp(
    readConfig({
      DATA_DIR: "memory",
      PORT: "0",
      LOG_LEVEL: "silent",
      ADMIN_KEY: adminKey,
      SIMULATED: "on",
      SHUTDOWN_GRACE_MS: String(SHUTDOWN_GRACE_MS),
    }),
  );
  const { url, close } = await startServer(app);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const lines = [
    `Gateway:  ${url}/graphql, started inside this process in ${seconds} s`,
    `Database: ${app.database.description}`,
    `Model:    ${app.upstreams.list.map(({ provider }) => provider.description).join(", ")}`,
  ];
  return { url, adminKey, isOurs: true, close, lines };
}

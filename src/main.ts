import { setTimeout as sleep } from "node:timers/promises";
import { type Config, readConfig } from "./config/config.js";
import { type Env, namesInEnvFile, readEnv } from "./config/env.js";
import { unknownNames } from "./config/unknown-names.js";
import { variablesOfUpstreams } from "./config/upstreams/upstreams-file.js";
import { prepareSchemaOf } from "./db/migrate.js";
import { whenUp } from "./lib/async/when-up.js";
import { NotUpYet, StartError } from "./lib/start-error.js";
import { startUpText } from "./start-up-text.js";
import { stop } from "./stop.js";

/** How long a start that is under way may still take once the process is to stop. */
const START_GRACE_MS = 2_000;

/** How to end what has been opened so far. */
interface Opened {
  close: () => Promise<void>;
  unsettledCalls: () => number;
}

/** The process: serves, or carries out the one command that its argument names. */
function main(): void {
  for (const output of [process.stdout, process.stderr]) output.on("error", ignore);
  const parameters = process.argv.slice(2);
  if (parameters.length === 0) serve();
  else carryOut(parameters).then((isWell) => process.exit(isWell ? 0 : 1), fail);
}

/** Installs the signal handlers, reads the environment, starts, waits for a signal, and stops. */
function serve(): void {
  const stopping = new AbortController();
  const opened: Opened = { close: async () => {}, unsettledCalls: () => 0 };
  const started = start(opened, stopping.signal);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      // A second signal ends the process at once.
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
      process.stdout.write(`${signal}: stopping; ${opened.unsettledCalls()} calls are running.\n`);
      stopAfter(started, opened).then(() => process.exit(0), fail);
    });
  }
  started.catch(fail);
}

/** A signal ends a command at once. A migration that is under way is rolled back. */
async function carryOut(parameters: readonly string[]): Promise<boolean> {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(1));
  const { commandOf } = await import("./ops/commands.js");
  return commandOf(parameters)(environment(), say);
}

/** Reads the environment. Tells of names that nothing reads before anything can be refused, because they may be why. */
function environment(): Env {
  const env = readEnv();
  const ofUpstreams = variablesOfUpstreams(env.UPSTREAMS);
  const names = { inFile: namesInEnvFile(), inEnvironment: Object.keys(env), ofUpstreams };
  for (const sentence of unknownNames(names)) process.stderr.write(`${sentence}\n`);
  return env;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Starts the gateway, and keeps in `opened` how to close what there is so far. Goes no further once the process stops.
 * The code is loaded here, and not before: that takes a second, and the first process of a container gets no signal that
 * it has no handler for. The database opens in that second.
 */
async function start(opened: Opened, stopping: AbortSignal): Promise<void> {
  const config = readConfig(environment());
  const { createLog, openLogOutput } = await import("./lib/log.js");
  const { openDatabase } = await import("./db/database.js");
  if (stopping.aborted) return;
  const output = await openLogOutput(config.logFormat ?? (process.stdout.isTTY ? "pretty" : "json"));
  const log = createLog(config.logLevel, output);
  const patience = { forMs: config.startWaitMs, signal: stopping, say };
  const [{ createApp, startServer }, database] = await Promise.all([
    loadGateway(),
    // What the start waits for, a line for each.
    whenUp(() => openDatabase(config.database, log, prepareSchemaOf(config)), patience),
    whenUp(() => reachRedisOf(config), patience).catch(startWithout),
  ]);
  if (!database) return;
  opened.close = () => database.close();
  if (stopping.aborted) return;
  const app = await createApp(config, { database, log });
  opened.close = () => stop({ app });
  opened.unsettledCalls = () => app.gauges().runningCalls + app.gauges().unsettledCalls;
  if (stopping.aborted) return;
  const server = await startServer(app);
  opened.close = () => server.close();
  if (!stopping.aborted) process.stdout.write(startUpText(app, server.url));
}

/** Its client is loaded only if there is a Redis. */
async function reachRedisOf({ redisUrl }: Config): Promise<void> {
  if (redisUrl === undefined) return;
  const { reachRedis } = await import("./streams/redis/reach-redis.js");
  await reachRedis(redisUrl);
}

/** Calls run without Redis, so a start does not fail because it is away. It fails if Redis cannot be used as it is set. */
function startWithout(error: unknown): void {
  if (!(error instanceof NotUpYet)) throw error;
  say(`${error.message} The gateway works without it until it is there.`);
}

async function loadGateway() {
  const { createApp } = await import("./app.js");
  const { startServer } = await import("./server.js");
  return { createApp, startServer };
}

/** Closes what the start has opened, once the start is over or its grace has passed. */
async function stopAfter(started: Promise<void>, opened: Opened): Promise<void> {
  await Promise.race([started, sleep(START_GRACE_MS)]);
  await opened.close();
}

/** A reader of the output that goes away, such as `head`, or a disk that is full, does not end the gateway. */
function ignore(): void {}

function fail(error: unknown): never {
  process.stderr.write(
    `${error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}

main();

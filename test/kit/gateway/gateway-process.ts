import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { GraphqlClient } from "../clients/graphql.js";
import { orSimulated } from "./or-simulated.js";

/** A gateway in a process of its own, which can be sent signals. */
export interface GatewayProcess {
  readonly url: string;
  /** Its exit code, or the signal that ended it, once everything that it said has been read. */
  readonly ended: Promise<number | NodeJS.Signals>;
  client(credential: string): GraphqlClient;
  /** The lines of its log so far. */
  // biome-ignore lint/suspicious/noExplicitAny: tests pick from lines whose shape they state themselves.
  readonly log: readonly any[];
  /** How much memory it has, in megabytes. */
  memoryMb(): number;
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL; returns when it is gone. */
  kill(): Promise<void>;
}

/** Whoever builds has this folder. One that is left behind by a test run that was killed is older than any build. */
const BUILDING = "dist.building";
const BUILD_MAX_MS = 120_000;

let isBuilt = false;

/** Brings dist/ up to date, once for all test files of a worker. Workers do so one at a time. */
export function buildGateway(): void {
  if (isBuilt) return;
  while (!mayBuild()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  try {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/build.mjs", "--if-needed"], { encoding: "utf8" });
    if (status !== 0) throw new Error(`The build failed: ${stderr}`);
    isBuilt = true;
  } finally {
    rmSync(BUILDING, { recursive: true, force: true });
  }
}

function mayBuild(): boolean {
  try {
    mkdirSync(BUILDING);
    return true;
  } catch {
    const since = statSync(BUILDING, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > BUILD_MAX_MS) rmSync(BUILDING, { recursive: true, force: true });
    return false;
  }
}

/** As `npm start` runs it, with the same options of Node. It starts in half of the time that the sources need. */
const BUILT = optionsOfStart();

function optionsOfStart(): readonly string[] {
  const { scripts }: { scripts: { start: string } } = JSON.parse(readFileSync("package.json", "utf8"));
  const options = / && node (--\S.* dist\/main\.js)$/.exec(scripts.start)?.[1];
  if (!options) throw new Error(`npm start ends with no command of node: ${scripts.start}`);
  return options.split(" ");
}

/**
 * Starts the built gateway on a free port and returns when it listens. `cwd` is the project, which is built first, or a
 * copy. Whoever starts it ends it.
 */
export async function startGatewayProcess(env: Record<string, string>, cwd = process.cwd()): Promise<GatewayProcess> {
  if (cwd === process.cwd()) buildGateway();
  const child = spawn(process.execPath, BUILT, {
    cwd,
    env: {
      ...process.env,
      PORT: "0",
      SIMULATED_TOKEN_MS: "0",
      LOG_LEVEL: "silent",
      DATABASE_URL: "",
      ...orSimulated(env),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const log: unknown[] = [];
  const url = await listening(child, log);
  return {
    url,
    ended,
    log,
    client: (credential) => new GraphqlClient(url, { authorization: `Bearer ${credential}` }),
    memoryMb: () =>
      Number(spawnSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" }).stdout) / 1024,
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Returns its address once it listens. What it says is read on, and its lines of JSON are kept. */
function listening(child: ChildProcess, log: unknown[]): Promise<string> {
  if (!child.stdout) throw new Error("Its output is not piped.");
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.on("close", () => reject(new Error("The gateway ended before it listened.")));
    lines.on("line", (line) => {
      const url = /GraphQL +(\S+)\/graphql/.exec(line)?.[1];
      if (url) resolve(url);
      else if (line.startsWith("{")) log.push(JSON.parse(line));
    });
  });
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { vi } from "vitest";
import { freePort } from "../free-port.js";

/** How the deployment files start a process: its command, its environment and nothing else, in its own folder. */
export interface Contained {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Such as 1000:1000. Only root can become somebody else, so others stay who they are. */
  readonly user?: string;
}

export interface ContainedGateway {
  readonly url: string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** The environment that it has. */
  readonly env: Readonly<Record<string, string>>;
  output(): string;
  signal(signal: NodeJS.Signals): void;
  kill(): Promise<void>;
}

const START_MS = 30_000;

/** Starts a gateway on a free loopback port, and returns once it is ready. Whoever starts it ends it. */
export async function startContained(of: Contained, port?: number): Promise<ContainedGateway> {
  const env = { ...of.env, HOST: "127.0.0.1", PORT: `${port ?? (await freePort())}` };
  const url = `http://127.0.0.1:${env.PORT}`;
  const child = spawnContained({ ...of, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  const ended = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  await Promise.race([
    vi.waitFor(() => requireReady(url), { timeout: START_MS, interval: 50 }),
    ended.then((code) => Promise.reject(new Error(`The gateway ended with ${code} before it was ready: ${output}`))),
  ]);
  return {
    url,
    env,
    ended,
    output: () => output,
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Runs a command to its end, and returns its exit code. */
export async function runContained(of: Contained): Promise<number> {
  const [code] = await once(spawnContained(of), "exit");
  return code;
}

function spawnContained({ command, env, cwd, user }: Contained): ChildProcess {
  const [uid = "", gid = ""] = user?.split(":") ?? [];
  const become =
    user && process.getuid?.() === 0 ? ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"] : [];
  const [program, ...args] = [...become, ...command] as [string, ...string[]];
  return spawn(program, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function requireReady(url: string): Promise<void> {
  const { status } = await fetch(`${url}/health/ready`);
  if (status !== 200) throw new Error(`It is not ready: ${status}.`);
}

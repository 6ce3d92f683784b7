import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { freePort } from "../free-port.js";

/** nginx with the files of deploy/nginx, in front of gateways of the test's. */
export interface Nginx {
  readonly url: string;
  /** A folder with the copy of deploy/ that it uses. */
  readonly folder: string;
  readonly configuration: string;
  /** What it has logged of the requests that are over, oldest first. */
  requests(): { path: string; status: number; requestId: string; gateway: string }[];
  stop(): Promise<void>;
}

/** Whether this machine has nginx; CI must. */
export function hasNginx(): boolean {
  const found = spawnSync("nginx", ["-v"]).status === 0;
  if (!found && process.env.REQUIRE_NGINX)
    throw new Error("REQUIRE_NGINX is set, and nginx was not found: install it.");
  return found;
}

/**
 * Starts nginx as compose does: with the same files, and as a user that is not root. Only what cannot be the same here
 * is replaced: its own port, where it writes, and the addresses that Docker would give for the names of the gateways.
 */
export async function startNginx(gateways: readonly [number, number]): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-nginx-"));
  cpSync("deploy", join(folder, "deploy"), { recursive: true });
  const port = await freePort();
  const configuration = join(folder, "deploy/nginx/nginx.conf");
  replaceIn(configuration, [
    ["listen 8080;", `listen 127.0.0.1:${port};`],
    [/ \/tmp\//g, ` ${folder}/`],
  ]);
  replaceIn(
    join(folder, "deploy/nginx/gateways.conf"),
    gateways.map((gateway, index) => [
      new RegExp(`gateway-${index + 1}:8003 resolve(.*)`),
      `127.0.0.1:${gateway}$1 # gateway-${index + 1}`,
    ]),
  );
  const log = join(folder, "log");
  writeFileSync(log, "");
  // Everyone may write there, since a test that runs as root starts nginx as somebody else.
  for (const path of [folder, log]) chmodSync(path, 0o777);
  const become = process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
  const [program = "", ...args] = [...become, "nginx", "-c", configuration];
  const output = openSync(log, "a");
  const child = spawn(program, args, { stdio: ["ignore", output, output] });
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  const said = () => readFileSync(log, "utf8");
  await Promise.race([
    vi.waitFor(() => fetch(`${url}/health/live`), { timeout: 10_000, interval: 20 }),
    ended.then(() => Promise.reject(new Error(`nginx ended: ${said()}`))),
  ]);
  return {
    url,
    folder,
    configuration,
    requests: () => [...said().matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line)),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function replaceIn(path: string, replacements: readonly (readonly [string | RegExp, string])[]): void {
  let text = readFileSync(path, "utf8");
  for (const [from, to] of replacements) {
    const replaced = text.replace(from, to);
    if (replaced === text) throw new Error(`${path} has nothing like ${from}.`);
    text = replaced;
  }
  writeFileSync(path, text);
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { freePort } from "../kit/free-port.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";

beforeAll(buildGateway, 60_000);

/** Starts a gateway that says all it can, and returns once it answers. It is killed with the test. */
async function start(stdout: "pipe" | number, format: string) {
  const port = await freePort();
  const child = spawn(process.execPath, ["dist/main.js"], {
    env: {
      ...process.env,
      PORT: String(port),
      DATABASE_URL: "",
      DATA_DIR: "memory",
      LOG_LEVEL: "trace",
      LOG_FORMAT: format,
    },
    stdio: ["ignore", stdout, "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  const isUp = () => fetch(`${url}/health/live`).then(({ ok }) => ok || child.exitCode !== null);
  await expect.poll(isUp, { timeout: 20_000 }).toBe(true);
  return { child, ended, url };
}

/** Sends requests whose lines in the log are long, many at a time. Returns the statuses that there were. */
async function ask(url: string, times: number): Promise<Set<number>> {
  const statuses = new Set<number>();
  const headers = {
    authorization: `Bearer ${ADMIN_KEY}`,
    "content-type": "application/json",
    "x-request-id": "x".repeat(128),
  };
  const body = JSON.stringify({ query: `query ${"Name".repeat(25)} { __typename }` });
  for (let sent = 0; sent < times; sent += 50) {
    const replies = Array.from({ length: 50 }, () => fetch(`${url}/graphql`, { method: "POST", headers, body }));
    for (const { status } of await Promise.all(replies)) statuses.add(status);
  }
  return statuses;
}

it.each(["json", "pretty"])(
  "A gateway whose output nobody reads works, and ends in order (%s)",
  {
    timeout: 60_000,
  },
  async (format) => {
    const { child, ended, url } = await start("pipe", format);
    // Together the lines are several times as long as what the system keeps for a reader.
    expect(await ask(url, 2_000)).toEqual(new Set([200]));
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  },
);

it.each(["json", "pretty"])(
  "A gateway whose output is a file on a full disk works, and ends in order (%s)",
  {
    timeout: 60_000,
  },
  async (format) => {
    const full = openSync("/dev/full", "w");
    onTestFinished(() => closeSync(full));
    const { child, ended, url } = await start(full, format);
    expect(await ask(url, 200)).toEqual(new Set([200]));
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  },
);

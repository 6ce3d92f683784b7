import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { createInterface } from "node:readline";
import { expect, it, onTestFinished } from "vitest";
import { GraphqlClient } from "../kit/clients/graphql.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { World } from "../kit/world.js";

/** Runs the gateway as `npm start` does, with what it says to be read. It is killed with the test. */
function run(
  env: Record<string, string>,
  options: readonly string[] = [],
): { child: ChildProcess; ended: Promise<unknown[]>; stderr: () => string } {
  const child = spawn(process.execPath, ["--import", "tsx", ...options, "src/main.ts"], {
    env: { ...process.env, PORT: "0", DATABASE_URL: "", DATA_DIR: "memory", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  return { child, ended: once(child, "exit"), stderr: () => stderr };
}

/** A database that takes connections and says nothing, so that it keeps a start waiting. */
async function listenSilently(): Promise<{ silent: Server; url: string }> {
  const silent = createServer();
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  return { silent, url: `postgres://user@127.0.0.1:${port}/none` };
}

function linesOf(child: ChildProcess): string[] {
  const lines: string[] = [];
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => lines.push(line));
  return lines;
}

/** Makes the process send itself a SIGTERM as soon as it has a handler for it. */
const SIGNAL_AT_ONCE = `process.on("newListener", (name) => {
  if (name === "SIGTERM") setImmediate(() => process.kill(process.pid, "SIGTERM"));
});`;

it("SIGTERM ends a gateway whose code is still being loaded, before it opens anything", {
  timeout: 60_000,
}, async () => {
  const { silent, url } = await listenSilently();
  let connections = 0;
  silent.on("connection", (socket) => {
    connections += 1;
    onTestFinished(() => void socket.destroy());
  });
  const preload = `data:text/javascript,${encodeURIComponent(SIGNAL_AT_ONCE)}`;
  const { child, ended, stderr } = run({ DATABASE_URL: url, SIMULATED: "on" }, ["--import", preload]);
  const said = linesOf(child);

  expect(await ended).toEqual([0, null]);
  expect(said).toEqual(["SIGTERM: stopping; 0 calls are running."]);
  expect(stderr()).toBe("");
  expect(connections).toBe(0);
});

it("SIGTERM ends a gateway that is still starting, with a message of its own", { timeout: 60_000 }, async () => {
  const { silent, url } = await listenSilently();
  const { child, ended, stderr } = run({ DATABASE_URL: url, SIMULATED: "on" });
  const said = linesOf(child);
  const [socket] = await once(silent, "connection");
  onTestFinished(() => void socket.destroy());

  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(said).toEqual(["SIGTERM: stopping; 0 calls are running."]);
  expect(stderr()).toBe("");
});

it("A reader of the output that goes away does not end the gateway", { timeout: 60_000 }, async () => {
  const { child, ended } = run({ UPSTREAM_URL: "http://127.0.0.1:1/v1" });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  let url: string | undefined;
  for await (const line of lines) {
    url = /Health +(\S+)\/health/.exec(line)?.[1];
    if (url) break;
  }
  child.stdout?.destroy();

  child.stderr?.destroy();

  // It logs the failure of a model, which finds no reader, and goes on.
  const clientOf = (key: string) =>
    new GraphqlClient(url?.replace(/\/health.*/, "") ?? "", { authorization: `Bearer ${key}` });
  const job = await (await new World(clientOf(ADMIN_KEY), clientOf).team()).job();
  for (let times = 0; times < 2; times++) expect(await job.call()).toMatchObject({ status: "FAILED" });

  // What it says at its end finds no reader either; it stops in order all the same.
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

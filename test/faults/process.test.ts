import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import { expect, it, onTestFinished } from "vitest";

/** Runs the gateway as `npm start` does, with what it says to be read. It is killed with the test. */
function run(env: Record<string, string>): { child: ChildProcess; ended: Promise<unknown[]>; stderr: () => string } {
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
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

it("SIGTERM ends a gateway that is still starting, with a message of its own", { timeout: 60_000 }, async () => {
  // A database that takes connections and says nothing keeps the start waiting.
  const silent = createServer();
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  const { child, ended, stderr } = run({ DATABASE_URL: `postgres://user@127.0.0.1:${port}/none` });
  const said: string[] = [];
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => said.push(line));
  const [socket] = await once(silent, "connection");
  onTestFinished(() => void socket.destroy());

  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(said).toEqual(["SIGTERM: stopping; 0 calls are running."]);
  expect(stderr()).toBe("");
});

it("A reader of the output that goes away does not end the gateway", { timeout: 60_000 }, async () => {
  const { child, ended, stderr } = run({});
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  let url: string | undefined;
  for await (const line of lines) {
    url = /Health +(\S+)\/health/.exec(line)?.[1];
    if (url) break;
  }
  child.stdout?.destroy();

  // What it says at its end finds no reader; it stops in order all the same.
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(stderr()).toBe("");
});

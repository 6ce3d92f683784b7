// Runs the gateway from its sources, starts it again at every change, and puts a small world into an empty database.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Config, readConfig } from "../src/config/config.js";
import { readEnv } from "../src/config/env.js";
import { StartError } from "../src/lib/start-error.js";
import { seedWorld } from "./seed-world.js";

const config = configOrExit();
const watcher = spawn(process.execPath, [fileURLToPath(import.meta.resolve("tsx/cli")), "watch", "src/main.ts"], {
  stdio: ["inherit", "pipe", "inherit"],
});
// When the gateway has stopped, the watcher ends, and then this process. Ctrl-C reaches all three by itself. A second
// signal would kill the gateway, so it is not passed on.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", (signal) => watcher.kill(signal));
watcher.on("exit", (code) => process.exit(code ?? 0));

function configOrExit(): Config {
  try {
    return readConfig(readEnv());
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

for await (const line of createInterface({ input: watcher.stdout })) {
  console.log(line);
  const url = /^ +GraphQL +(\S+)\/graphql$/.exec(line)?.[1];
  if (url) seedWorld(url, config).then((text) => text && console.log(text), console.error);
}

import { createApp } from "./app.js";
import { readConfig } from "./config/config.js";
import { readEnv } from "./config/env.js";
import { StartError } from "./lib/start-error.js";
import { startServer } from "./server.js";
import { startUpText } from "./start-up-text.js";

/** The process: read the environment, start, wait for a signal, drain. A second signal ends it at once. */
async function main(): Promise<void> {
  const app = await createApp(readConfig(readEnv()));
  const server = await startServer(app);
  process.stdout.write(startUpText(app, server.url));
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      process.stdout.write(`${signal}: stopping; ${app.running.count} calls are running.\n`);
      server.close().then(
        () => process.exit(0),
        (error) => fail(error),
      );
    });
  }
}

function fail(error: unknown): never {
  process.stderr.write(
    `${error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}

main().catch(fail);

// Fills the configured database with an example world: 30 days of work of three teams, done by the gateway's own services.
import "reflect-metadata";
import { createApp } from "../../src/app.js";
import { readConfig } from "../../src/config/config.js";
import { readEnv } from "../../src/config/env.js";
import { createLog } from "../../src/lib/log.js";
import { StartError } from "../../src/lib/start-error.js";
import { seedExample } from "./seed-example.js";

const DAYS = 30;

async function main(): Promise<void> {
  // The seed asks no model, and tells no other process.
  const config = readConfig({
    ...readEnv(),
    UPSTREAM_URL: undefined,
    UPSTREAMS: undefined,
    SIMULATED: "on",
    REDIS_URL: undefined,
  });
  const log = createLog("error");
  console.log(`The example world gets ${DAYS} days of work:`);
  const began = performance.now();
  console.log(await seedExample(config, { days: DAYS, now: new Date(), log, createApp, say: console.log }));
  console.log(`It took ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof StartError ? error.message : error);
    process.exit(1);
  },
);

import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { delay } from "./delay.js";
import { idle } from "./idle.js";
import { Bench } from "./kit/bench.js";
import { machine } from "./kit/figures.js";
import { throughput } from "./throughput.js";

const benches = { delay, throughput, idle };

/** `npm run bench` takes all measures, or those that are named. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string" }, share: { type: "string" }, profile: { type: "string" } },
});
const chosen = Object.entries(benches).filter(([name]) => positionals.length === 0 || positionals.includes(name));
const unknown = positionals.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}.`);
  process.exit(1);
}
const built = spawnSync(process.execPath, ["scripts/build.mjs", "--if-needed"], { stdio: "inherit" });
if (built.status !== 0) process.exit(1);

for (const [name, run] of chosen) {
  const bench = new Bench({
    rounds: Number(values.rounds ?? 3),
    share: Number(values.share ?? 1),
    profileTo: values.profile,
  });
  const startedAt = performance.now();
  console.log(`\n${name}: ${machine()}`);
  try {
    await run(bench);
  } finally {
    await bench.stop();
  }
  console.log(`  took ${((performance.now() - startedAt) / 1000).toFixed(0)} s; ${machine()}`);
}

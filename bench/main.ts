import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { Bench, checkoutsOf, type Options } from "./kit/bench.js";
import { pin } from "./kit/cores.js";
import { machine } from "./kit/machine.js";
import { type Findings, textOf } from "./kit/report.js";
import { readResults, writeBenchmarks, writeResults } from "./kit/results.js";
import { calls } from "./sections/calls.js";
import { checkouts } from "./sections/checkouts.js";
import { completions } from "./sections/completions.js";
import { consolePages } from "./sections/console.js";
import { growth } from "./sections/growth.js";
import { idle } from "./sections/idle.js";
import { jobs } from "./sections/jobs.js";
import { limits } from "./sections/limits.js";
import { lists } from "./sections/lists.js";
import { reads } from "./sections/reads.js";
import { replicas } from "./sections/replicas.js";
import { start } from "./sections/start.js";
import { streams } from "./sections/streams.js";
import { usage } from "./sections/usage.js";
import { watched } from "./sections/watched.js";

const sections: Readonly<Record<string, (bench: Bench) => Promise<Findings>>> = {
  calls,
  streams,
  reads,
  jobs,
  completions,
  growth,
  replicas,
  limits,
  usage,
  lists,
  console: consolePages,
  watched,
  start,
  idle,
};
/** Those that need another checkout. They are about a change and not about Tollgate, so they are not published. */
const comparisons: typeof sections = { checkouts };

/** `npm run bench` measures all sections, or those that are named. bench/README.md tells of the options. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    share: { type: "string", default: "1" },
    profile: { type: "string" },
    gateway: { type: "string", multiple: true, default: [] },
    million: { type: "boolean", default: false },
    to: { type: "string", default: "bench/results/latest.json" },
    publish: { type: "boolean", default: false },
  },
});
const available = { ...sections, ...(values.gateway.length > 0 && comparisons) };
const unknown = positionals.filter((name) => !(name in available));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(", ")}. There are ${Object.keys(available).join(", ")}.`);
  process.exit(1);
}
const options: Options = {
  rounds: Number(values.rounds),
  share: Number(values.share),
  profileTo: values.profile,
  gateways: values.gateway,
  million: values.million,
};
for (const { folder } of checkoutsOf(options)) {
  const built = spawnSync(process.execPath, ["scripts/build.mjs", "--if-needed"], { cwd: folder, stdio: "inherit" });
  if (built.status !== 0) process.exit(1);
}

// It reads what the gateways write.
pin(process.pid, "others");

/** The section that is being measured. If the run is interrupted, its programs and databases are ended and removed. */
let current: Bench | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, async () => {
    console.error(`\nInterrupted by ${signal}.`);
    await current?.stop();
    process.exit(1);
  });

for (const [name, measure] of Object.entries(available)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const bench = new Bench(options);
  current = bench;
  const startedAt = performance.now();
  const before = machine();
  console.log(`\n${name}: ${before.text}`);
  try {
    const findings = await measure(bench);
    for (const table of [...findings.figures, ...findings.ratios]) console.log(`\n${textOf(table)}`);
    for (const problem of findings.problems) console.log(`  not measured: ${problem}`);
    await writeResults(values.to, name, { findings, options, machine: before });
  } catch (error) {
    // The other sections are measured nevertheless.
    console.error(error);
    process.exitCode = 1;
  } finally {
    await bench.stop();
  }
  console.log(`\n${name} took ${((performance.now() - startedAt) / 1_000).toFixed(0)} s; ${machine().text}`);
}
console.log(`\nThe figures are in ${values.to}.`);
if (values.publish) await writeBenchmarks(await readResults(values.to), Object.keys(sections));

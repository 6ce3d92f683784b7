import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Bench, type Checkout, checkoutsOf } from "../kit/bench.js";
import { besideCheckouts, filled } from "../kit/compare.js";
import { column, type Findings } from "../kit/report.js";
import { medians, progress, type Sample } from "../kit/rounds.js";
import { startTollgate, type Tollgate } from "../kit/tollgate.js";

const IDLE_MS = 10_000;
const MIB = 2 ** 20;

/** A gateway that is started twice on the same database, which is new at first. */
interface Starts {
  readonly name: string;
  readonly checkout: Checkout;
  readonly database: { readonly url: string } | { readonly dataDir: string };
}

/** Starts: how long they take until the gateway listens, and what memory it has when it does nothing. */
export async function start(bench: Bench): Promise<Findings> {
  const upstreamUrl = await bench.upstream();
  const postgres = await bench.postgres();
  const samples = new Map<string, Sample[]>();
  for (let round = 0; round <= bench.options.rounds; round++) {
    progress(`round ${round} of ${bench.options.rounds}`);
    const starts: Starts[] = [];
    for (const checkout of checkoutsOf(bench.options)) {
      if (postgres) {
        const url = await postgres.createDatabase(`start_${round}_${starts.length}`);
        starts.push({ name: `${checkout.name} on PostgreSQL`, checkout, database: { url } });
      }
      const dataDir = join(await bench.folder("pglite"), "data");
      starts.push({ name: `${checkout.name} on PGlite`, checkout, database: { dataDir } });
    }
    for (const which of ["first", "second"])
      for (const [name, sample] of await startAll(starts, upstreamUrl, round === 0 ? 0 : IDLE_MS)) {
        const label = `${name},${which}`;
        // The first round fills the system's cache of files.
        if (round > 0) samples.set(label, [...(samples.get(label) ?? []), sample]);
      }
  }
  const rows = [...samples].map(([label, taken]) => ({ labels: label.split(","), figures: medians(taken) }));
  const columns = [column("ms", "ms to listening"), column("idleMib", "MiB of memory, idle")];
  const table = { title: "Starts", heads: ["system", "start"], columns, rows };
  return {
    how: `\`npm start\` after a build, on any core: on a new database first and then on the same once more. The time is from the start of the process until it says its address; the memory is what the system counts (RSS) ${IDLE_MS / 1_000} s later. ${bench.options.rounds} rounds in turn.`,
    ratios: filled(besideCheckouts(table, bench.options)),
    figures: [table],
    problems: bench.problems,
  };
}

/** Starts one after the other, lets all be idle, and ends them. */
async function startAll(starts: readonly Starts[], upstreamUrl: string, idleMs: number): Promise<Map<string, Sample>> {
  const running: { name: string; ms: number; tollgate: Tollgate }[] = [];
  try {
    for (const { name, checkout, database } of starts) {
      const startedAt = performance.now();
      const tollgate = await startTollgate({ ...checkout, upstreamUrl, database, isBare: true });
      running.push({ name, ms: performance.now() - startedAt, tollgate });
    }
    await sleep(idleMs);
    return new Map(running.map(({ name, ms, tollgate }) => [name, { ms, idleMib: tollgate.residentBytes() / MIB }]));
  } finally {
    for (const { tollgate } of running) await tollgate.stop();
  }
}

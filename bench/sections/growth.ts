import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type Bench, checkoutsOf } from "../kit/bench.js";
import { besideCheckouts, filled } from "../kit/compare.js";
import { CALLS_OF_JOB, fill, newestJobsOf } from "../kit/fill.sql.js";
import { type GrowthRequest, requestsOf } from "../kit/growth-requests.js";
import type { Load } from "../kit/load.js";
import type { BenchPostgres } from "../kit/postgres.sql.js";
import { column, type Findings, type Row, ratiosOf, type Table } from "../kit/report.js";
import { inRounds, progress } from "../kit/rounds.js";
import { createTeam, groupOf, type Tollgate } from "../kit/tollgate.js";

const SIZES = [10_000, 100_000];
const MILLION = 1_000_000;
/** How often a round sends each request. */
const COUNT = 30;
const MODEL = "gpt-4o-mini";
const TEAM = "bench";
/** It has a fifth of everything, so that not all is the team's own. */
const OTHER_TEAM = "bench-other";
/** Background tasks that run every five seconds run at least twice in it. */
const IDLE_MS = 11_000;

const HEADS = ["system", "request"];

/** A gateway on a database of some size. */
interface Sized {
  readonly system: string;
  readonly calls: number;
  readonly database: string;
  readonly tollgate: Tollgate;
  readonly requests: readonly GrowthRequest[];
}

/** The same requests on databases of different sizes: which of them get slower as a database grows. */
export async function growth(bench: Bench): Promise<Findings> {
  const sizes = bench.options.million ? [...SIZES, MILLION] : SIZES;
  const how = `Databases of one shape with ${sizes.map(inWords).join(", ")} calls, ${CALLS_OF_JOB} a job, four fifths of them of the team that asks. A gateway on each; one connection; each request ${COUNT} times a round, in turn; medians of ${bench.options.rounds} rounds. Background: the milliseconds that the database works for an idle gateway in ${IDLE_MS / 1_000} s.`;
  const postgres = await bench.postgres();
  if (!postgres) return { how, ratios: [], figures: [], problems: bench.problems };
  const started = await startAll(bench, postgres, sizes);
  const columns = sizes.map((calls) => column(String(calls), `ms at ${inWords(calls)}`, 2));
  const table = {
    title: "Requests as a database grows, p50",
    heads: HEADS,
    columns,
    rows: [...(await measure(bench, started)), ...(await background(postgres, started))],
  };
  return {
    how,
    ratios: filled([growthOf(table, sizes), ...besideCheckouts(table, bench.options)]),
    figures: [table],
    problems: bench.problems,
  };
}

async function startAll(bench: Bench, postgres: BenchPostgres, sizes: readonly number[]): Promise<Sized[]> {
  const upstreamUrl = await bench.upstream();
  const started: Sized[] = [];
  for (const checkout of checkoutsOf(bench.options))
    for (const calls of sizes) {
      const { tollgate, url, database } = await bench.onPostgres(checkout, upstreamUrl, postgres);
      const key = await createTeam(tollgate, TEAM, [MODEL]);
      await createTeam(tollgate, OTHER_TEAM, []);
      progress(`filling ${inWords(calls)} calls for ${checkout.name}`);
      const jobId = await fillBoth(url, calls / CALLS_OF_JOB);
      const requests = requestsOf({ origin: tollgate.url, key, team: TEAM, modelGroup: groupOf(TEAM, MODEL), jobId });
      started.push({ system: checkout.name, calls, database, tollgate, requests });
    }
  return started;
}

/** Fills both teams, and returns the newest job of the one that asks. */
async function fillBoth(url: string, jobs: number): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await fill(client, TEAM, Math.round(jobs * 0.8));
    await fill(client, OTHER_TEAM, Math.round(jobs * 0.2));
    await client.query("VACUUM ANALYZE");
    const [newest = ""] = await newestJobsOf(client, TEAM, 1);
    return newest;
  } finally {
    await client.end();
  }
}

/** Returns a row for each request of each system, with a figure for each size. */
async function measure(bench: Bench, started: readonly Sized[]): Promise<Row[]> {
  const client = bench.program("load-client");
  const count = Math.ceil(COUNT * bench.options.share);
  const names = started[0]?.requests.map(({ name }) => name) ?? [];
  const contests = names.flatMap((name, at) =>
    started.map(({ system, calls, requests }) => ({
      labels: [system, name, String(calls)],
      measure: async () => {
        const target = requests[at]?.target;
        const { p50 } = await client.ask<Load>("load", { target, connections: 1, count });
        return { p50 };
      },
    })),
  );
  return bySize(await inRounds(bench.options.rounds, contests, bench.problems));
}

async function background(postgres: BenchPostgres, started: readonly Sized[]): Promise<Row[]> {
  progress("waiting for background tasks");
  const used = await postgres.useDuring(() => sleep(IDLE_MS));
  return bySize(
    started.map(({ system, calls, database }) => ({
      labels: [system, "background, idle", String(calls)],
      figures: { p50: used.get(database)?.ms ?? null },
    })),
  );
}

/** Makes one row of the rows that differ in their last label only, which is a size. */
function bySize(rows: readonly Row[]): Row[] {
  const merged = new Map<string, Row>();
  for (const { labels, figures } of rows) {
    const [system = "", name = "", calls = ""] = labels;
    const before = merged.get(`${system}, ${name}`)?.figures;
    merged.set(`${system}, ${name}`, { labels: [system, name], figures: { ...before, [calls]: figures.p50 ?? null } });
  }
  return [...merged.values()];
}

function growthOf({ rows }: Table, sizes: readonly number[]): Table {
  const [smallest, ...larger] = sizes.map(String);
  const columns = larger.map((size) => column(size, `${inWords(Number(size))} / ${inWords(Number(smallest))}`));
  const pairs = rows.map((of) => {
    const base = of.figures[smallest ?? ""] ?? null;
    return { labels: of.labels, of, to: { ...of, figures: Object.fromEntries(larger.map((size) => [size, base])) } };
  });
  return ratiosOf("Requests as a database grows", HEADS, columns, pairs);
}

const inWords = (calls: number): string => (calls >= MILLION ? `${calls / MILLION} M` : `${calls / 1_000} k`);

import type { Client } from "pg";
import { type Bench, checkoutsOf } from "../kit/bench.js";
import { DAYS, jobsOfMonth, monthOfWork } from "../kit/month-of-work.js";
import { column, type Findings, type Row } from "../kit/report.js";
import { ADMIN_KEY, askGraphql } from "../kit/tollgate.js";

const COUNT = 200;
const DAY_MS = 86_400_000;
const DIMENSIONS = ["ORGANIZATION", "TEAM", "KEY", "MODEL_GROUP", "MODEL", "JOB_TYPE", "OUTCOME"];
const GRANULARITIES = ["HOUR", "DAY", "MONTH", "ALL"];
const FIGURES =
  "calls callsFailed totalTokens costUsd unpaidJobsCostUsd costPerCompletedJobUsd latencyMs { p50 p95 p99 }";
const USAGE = `query ($input: UsageInput!) { usage(input: $input) { total { ${FIGURES} } rows { start figures { ${FIGURES} } } } }`;
/** What a report of one team by model is without a rollup. */
const PLAIN = `SELECT attempt.model, count(DISTINCT llm_calls.id), sum(attempt.cost_nano_usd), sum(attempt.prompt_tokens + attempt.completion_tokens),
    percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY latency_ms)
  FROM jobs JOIN llm_calls ON job_id = jobs.id JOIN llm_call_attempts AS attempt ON call_id = llm_calls.id
  WHERE llm_calls.status <> 'RUNNING' GROUP BY attempt.model`;

/** Reports of random groupings, granularities and ranges, and how fast the calls of a month are counted. */
export async function usage(bench: Bench): Promise<Findings> {
  const jobs = jobsOfMonth(bench);
  const how = `A month of ${jobs} random jobs of 40 teams with about 4 calls each, counted in the background; then ${COUNT} reports of random groupings, granularities and ranges over GraphQL, one after the other, and the same sums by model without a rollup.`;
  const postgres = await bench.postgres();
  if (!postgres) return { how, ratios: [], figures: [], problems: bench.problems };
  const rows: Row[] = [];
  for (const checkout of checkoutsOf(bench.options)) {
    const { tollgate, client, now } = await monthOfWork(bench, checkout, postgres);
    const counted = await counting(client, tollgate.url, now);
    await client.query("VACUUM ANALYZE");
    const times = await asking(tollgate.url, now);
    const plainMs = await timeOf(() => client.query(PLAIN));
    await client.end();
    rows.push({
      labels: [checkout.name],
      figures: {
        ...counted,
        p50: at(times, 0.5),
        p95: at(times, 0.95),
        plainMs,
      },
    });
  }
  const columns = [
    column("perSecond", "calls and jobs counted a second"),
    column("p50", "report, p50 ms", 1),
    column("p95", "report, p95 ms", 1),
    column("plainMs", "plain sums, ms", 1),
  ];
  return { how, ratios: [], figures: [{ title: "Usage", heads: ["system"], columns, rows }], problems: bench.problems };
}

async function counting(client: Client, url: string, now: Date): Promise<{ perSecond: number }> {
  const { rows } = await client.query("SELECT count(*)::integer AS count FROM usage_pending");
  const ms = await timeOf(() => untilCounted(url, now));
  return { perSecond: rows[0].count / (ms / 1_000) };
}

/** Asks until everything is counted. */
export async function untilCounted(url: string, now: Date): Promise<void> {
  const input = { from: new Date(now.getTime() - DAY_MS), to: now };
  const query = "query ($input: UsageInput!) { usage(input: $input) { isComplete } }";
  for (let isComplete = false; !isComplete; )
    ({ isComplete } = (await askGraphql(url, ADMIN_KEY, query, { input })).usage);
}

async function asking(url: string, now: Date): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number < COUNT; number++) {
    const from = new Date(now.getTime() - (((number * 7) % DAYS) + 1) * DAY_MS - (number % 24) * 3_600_000);
    const groupBy = DIMENSIONS.filter((_, bit) => (number * 37) & (1 << bit));
    const input = { from, to: now, granularity: GRANULARITIES[number % 4], groupBy };
    times.push(await timeOf(() => askGraphql(url, ADMIN_KEY, USAGE, { input })));
  }
  return times.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

import { expect } from "vitest";
import { divideRounded, formatUnits } from "../../../src/lib/money.js";
import type { GraphqlClient } from "../clients/graphql.js";
import { NAMES, type Name, type PlainSum, type Span } from "./plain-sums.js";

const DIMENSION_OF: Readonly<Record<Name, string>> = {
  organizationId: "ORGANIZATION",
  teamId: "TEAM",
  keyId: "KEY",
  modelGroup: "MODEL_GROUP",
  model: "MODEL",
  jobType: "JOB_TYPE",
  outcome: "OUTCOME",
};

const FIGURES = `jobsCompleted jobsFailed jobsCancelled jobsExpired creditsPosted calls callsSucceeded callsFailed callsCancelled fallbacks
  callsRescued errorRate fallbackRate callsEstimated callsUnknown callsUnpriced callsPartlyUnpriced attempts failedAttempts promptTokens completionTokens
  cachedPromptTokens cacheWritePromptTokens audioPromptTokens reasoningTokens audioCompletionTokens totalTokens costUsd failedAttemptsCostUsd unpaidJobsCostUsd completedJobsCostUsd costPerCompletedJobUsd
  revenueUsd marginUsd creditsWithoutPrice latencyMs { p50 p95 p99 } timeToFirstTokenMs { p50 p95 p99 }`;
const ROW = `start organizationId teamId keyId modelGroup model jobType outcome figures { ${FIGURES} }`;
const REPORT = `from to isComplete total { ${FIGURES} } rows { ${ROW} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
export const USAGE = `query ($input: UsageInput!) { usage(input: $input) { ${REPORT} } }`;
export const USAGE_OF_TEAM = `query ($id: ID!, $input: UsageInput!) { team(id: $id) { usage(input: $input) { ${REPORT} } } }`;
export const USAGE_OF_ORGANIZATION = `query ($id: ID!, $input: UsageInput!) { organization(id: $id) { usage(input: $input) { ${REPORT} } } }`;

export interface Asked {
  readonly from: Date;
  readonly to: Date;
  readonly span: Span;
  readonly groupBy: readonly Name[];
  readonly filter?: object;
}

// biome-ignore lint/suspicious/noExplicitAny: The answers of the API have no types here, as elsewhere in tests.
type Report = any;

/** Asks for a report page by page, and returns it with the rows of all pages. */
export async function wholeReport(client: GraphqlClient, asked: Asked, first = 500): Promise<Report> {
  const { from, to, span, groupBy, filter } = asked;
  const input = { from, to, granularity: span, groupBy: groupBy.map((name) => DIMENSION_OF[name]), filter, first };
  const rows: Report[] = [];
  let whole: Report = null;
  for (let after: string | null = null; ; ) {
    const { usage }: Report = await client.data(USAGE, { input: { ...input, after } });
    expect(usage.pageInfo.hasPreviousPage).toBe(after !== null);
    whole ??= usage;
    rows.push(...usage.rows);
    after = usage.pageInfo.endCursor;
    if (!usage.pageInfo.hasNextPage) return { ...whole, rows };
  }
}

/** What the rows of a report should be, to somebody who sees the real cost or that with the markup. */
export const expectedRows = (sums: readonly PlainSum[], kind: "real" | "shown"): Report[] =>
  sums.map((sum) => ({ start: sum.start, ...NO_NAMES, ...sum.names, figures: expectedFigures(sum, kind) }));

const NO_NAMES = Object.fromEntries(NAMES.map((name) => [name, null]));

/** Compares row by row: the difference of two whole reports takes minutes to be written. */
export function expectRows(rows: readonly Report[], expected: readonly Report[]): void {
  for (const [index, row] of rows.entries()) expect(row).toEqual(expected[index]);
  expect(rows).toHaveLength(expected.length);
}

export function expectedFigures({ figures, latencies, timesToFirstToken }: PlainSum, kind: "real" | "shown"): Report {
  const of = (figure: string) => figures[figure] ?? 0n;
  const usd = (amount: bigint) => formatUnits(amount, kind === "real" ? 9 : 15);
  const count = (figure: string) => Number(of(figure));
  const names = [
    "creditsPosted",
    "calls",
    "callsSucceeded",
    "callsFailed",
    "callsCancelled",
    "fallbacks",
    "callsRescued",
    "callsEstimated",
    "callsUnknown",
    "callsUnpriced",
    "callsPartlyUnpriced",
    "attempts",
    "failedAttempts",
    "promptTokens",
    "completionTokens",
    "cachedPromptTokens",
    "cacheWritePromptTokens",
    "audioPromptTokens",
    "reasoningTokens",
    "audioCompletionTokens",
  ];
  const isSold = kind === "real" && of("pricedJobs") > 0n;
  const completed = of("jobsCOMPLETED");
  return {
    ...Object.fromEntries(names.map((name) => [name, count(name)])),
    jobsCompleted: Number(completed),
    jobsFailed: count("jobsFAILED"),
    jobsCancelled: count("jobsCANCELLED"),
    jobsExpired: count("jobsEXPIRED"),
    totalTokens: count("promptTokens") + count("completionTokens"),
    errorRate: of("calls") > 0n ? count("callsFailed") / count("calls") : null,
    fallbackRate: of("calls") > 0n ? count("fallbacks") / count("calls") : null,
    costUsd: usd(of(`${kind}Cost`)),
    failedAttemptsCostUsd: usd(of(`${kind}FailedCost`)),
    unpaidJobsCostUsd: usd(of(`${kind}UnpaidCost`)),
    completedJobsCostUsd: usd(of(`${kind}CompletedCost`)),
    costPerCompletedJobUsd: completed > 0n ? usd(divideRounded(of(`${kind}CompletedCost`), completed)) : null,
    revenueUsd: isSold ? formatUnits(of("revenue"), 9) : null,
    marginUsd: isSold ? formatUnits(of("revenue") - of("realCost"), 9) : null,
    creditsWithoutPrice: kind === "real" ? count("creditsWithoutPrice") : null,
    latencyMs: percentiles(latencies),
    timeToFirstTokenMs: percentiles(timesToFirstToken),
  };
}

function percentiles(values: readonly number[]): object | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (percent: number) => aboutMs(sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0);
  return { p50: at(50), p95: at(95), p99: at(99) };
}

/** A time up to an hour: exact up to 11 ms, and otherwise within a thirteenth. */
function aboutMs(ms: number): unknown {
  const value = Math.min(ms, 3_600_000);
  if (value <= 11) return value;
  const isAbout = (found: unknown) => typeof found === "number" && Math.abs(found - value) <= value / 13;
  return { asymmetricMatch: isAbout, toString: () => `about ${value}`, toAsymmetricMatcher: () => `about ${value}` };
}

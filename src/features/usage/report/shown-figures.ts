import type { ValuesOf } from "../../../db/column-type.js";
import { divideRounded, formatUnits } from "../../../lib/money.js";
import { percentilesOf } from "../rollup/histogram.js";
import type { UsageFigures } from "../usage-figures.type.js";
import type { CostKind, usageFiguresRow } from "./usage-figures.sql.js";

type FiguresRow = ValuesOf<typeof usageFiguresRow>;

/** The digits after the point that a cost has: nano-dollars if it is real, and more with a markup. */
const PLACES: Readonly<Record<CostKind, number>> = { real: 9, shown: 15 };
const PERCENTS = [50, 95, 99] as const;
const SAFE_MAX = Number.MAX_SAFE_INTEGER;

const NOTHING: FiguresRow = {
  jobsCompleted: 0,
  jobsFailed: 0,
  jobsCancelled: 0,
  jobsExpired: 0,
  pricedJobs: 0,
  postedCredits: 0,
  unpricedCredits: 0,
  calls: 0,
  successfulCalls: 0,
  failedCalls: 0,
  cancelledCalls: 0,
  estimatedCalls: 0,
  unknownUsageCalls: 0,
  unpricedCalls: 0,
  partlyUnpricedCalls: 0,
  fallbacks: 0,
  rescuedCalls: 0,
  attempts: 0,
  failedAttempts: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedPromptTokens: 0,
  cacheWritePromptTokens: 0,
  audioPromptTokens: 0,
  reasoningTokens: 0,
  audioCompletionTokens: 0,
  cost: "0",
  failedCost: "0",
  completedCost: "0",
  unpaidCost: "0",
  revenue: "0",
  latencies: "0",
  timesToFirstToken: "0",
};

/** Figures as a viewer sees them who sees this kind of cost. */
export function shownFigures(kind: CostKind, row: FiguresRow = NOTHING): UsageFigures {
  const { calls, jobsCompleted } = row;
  const usd = (cost: bigint) => formatUnits(cost, PLACES[kind]);
  const [cost, completedCost] = [BigInt(row.cost), BigInt(row.completedCost)];
  return {
    jobsCompleted,
    jobsFailed: row.jobsFailed,
    jobsCancelled: row.jobsCancelled,
    jobsExpired: row.jobsExpired,
    creditsPosted: row.postedCredits,
    calls,
    callsSucceeded: row.successfulCalls,
    callsFailed: row.failedCalls,
    callsCancelled: row.cancelledCalls,
    fallbacks: row.fallbacks,
    callsRescued: row.rescuedCalls,
    errorRate: calls === 0 ? null : row.failedCalls / calls,
    fallbackRate: calls === 0 ? null : row.fallbacks / calls,
    callsEstimated: row.estimatedCalls,
    callsUnknown: row.unknownUsageCalls,
    callsUnpriced: row.unpricedCalls,
    callsPartlyUnpriced: row.partlyUnpricedCalls,
    attempts: row.attempts,
    failedAttempts: row.failedAttempts,
    promptTokens: row.promptTokens,
    completionTokens: row.completionTokens,
    cachedPromptTokens: row.cachedPromptTokens,
    cacheWritePromptTokens: row.cacheWritePromptTokens,
    audioPromptTokens: row.audioPromptTokens,
    reasoningTokens: row.reasoningTokens,
    audioCompletionTokens: row.audioCompletionTokens,
    totalTokens: Math.min(SAFE_MAX, row.promptTokens + row.completionTokens),
    costUsd: usd(cost),
    failedAttemptsCostUsd: usd(BigInt(row.failedCost)),
    unpaidJobsCostUsd: usd(BigInt(row.unpaidCost)),
    completedJobsCostUsd: usd(completedCost),
    costPerCompletedJobUsd: jobsCompleted === 0 ? null : usd(divideRounded(completedCost, BigInt(jobsCompleted))),
    ...soldFigures(kind, row, cost),
    latencyMs: percentiles(row.latencies),
    timeToFirstTokenMs: percentiles(row.timesToFirstToken),
  };
}

/** What credits were sold for is between the admin and the customer, and the real cost is the admin's alone. */
function soldFigures(kind: CostKind, { pricedJobs, unpricedCredits, revenue }: FiguresRow, cost: bigint) {
  if (kind === "shown") return { revenueUsd: null, marginUsd: null, creditsWithoutPrice: null };
  const revenueUsd = pricedJobs === 0 ? null : BigInt(revenue);
  return {
    revenueUsd,
    marginUsd: revenueUsd === null ? null : revenueUsd - cost,
    creditsWithoutPrice: unpricedCredits,
  };
}

function percentiles(histogram: string): UsageFigures["latencyMs"] {
  const found = percentilesOf(histogram, PERCENTS);
  return found && { p50: found[50], p95: found[95], p99: found[99] };
}

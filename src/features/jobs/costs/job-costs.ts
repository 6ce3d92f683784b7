import type { Viewer } from "../../../auth/viewer.js";
import type { Job } from "../../../generated/prisma/client.js";
import { shownCost } from "../../budgets/shown-cost.js";
import type { CostSummary } from "../job.type.js";

/**
 * Makes the cost summary of a job from its totals, as the viewer sees its cost. `creditsRemaining` is what the team has now;
 * it is used for an open job.
 */
export function costsOf(viewer: Pick<Viewer, "kind">, job: Job, creditsRemaining: number): CostSummary {
  const shown = (costNanoUsd: bigint) => shownCost(viewer, costNanoUsd, job.markupMillionths);
  const settledCalls = job.totalCalls - job.runningCalls;
  return {
    totalCalls: job.totalCalls,
    successfulCalls: job.successfulCalls,
    failedCalls: job.failedCalls,
    cancelledCalls: job.cancelledCalls,
    runningCalls: job.runningCalls,
    promptTokens: Number(job.promptTokens),
    completionTokens: Number(job.completionTokens),
    totalTokens: Math.min(Number(job.promptTokens + job.completionTokens), Number.MAX_SAFE_INTEGER),
    totalCostUsd: shown(job.costNanoUsd),
    failedAttemptsCostUsd: shown(job.failedAttemptsCostNanoUsd),
    avgLatencyMs: settledCalls === 0 ? 0 : Math.round(Number(job.latencyMsTotal) / settledCalls),
    creditApplied: job.creditApplied,
    creditsPosted: job.postedCredits,
    creditsRemaining: job.creditsRemaining ?? creditsRemaining,
    estimatedCalls: job.estimatedCalls,
    unknownUsageCalls: job.unknownUsageCalls,
    unpricedCalls: job.unpricedCalls,
    partlyUnpricedCalls: job.partlyUnpricedCalls,
  };
}

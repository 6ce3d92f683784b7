import type { CostSummary } from "../../features/jobs/job.type.js";

/** What a job used, as the doors of REST tell it. */
export const costsShape = (costs: CostSummary) => ({
  total_calls: costs.totalCalls,
  successful_calls: costs.successfulCalls,
  failed_calls: costs.failedCalls + costs.cancelledCalls,
  total_tokens: costs.totalTokens,
  total_cost_usd: Number(costs.totalCostUsd),
  avg_latency_ms: costs.avgLatencyMs,
  credit_applied: costs.creditApplied,
  credits_remaining: costs.creditsRemaining,
});

import type { CostSummary } from "../job.type.js";

/** What a job used, as REST and the events of webhooks name it. */
export const costFields = (costs: CostSummary) => ({
  total_calls: costs.totalCalls,
  successful_calls: costs.successfulCalls,
  failed_calls: costs.failedCalls + costs.cancelledCalls,
  total_tokens: costs.totalTokens,
  total_cost_usd: Number(costs.totalCostUsd),
  avg_latency_ms: costs.avgLatencyMs,
  credit_applied: costs.creditApplied,
  credits_remaining: costs.creditsRemaining,
});

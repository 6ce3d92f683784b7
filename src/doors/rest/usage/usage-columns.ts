import type { CsvColumns } from "../../../edge/http/exports/send-csv.js";
import type { ReportedRow } from "../../../features/usage/report/usage-reading.js";
import type { UsageFigures } from "../../../features/usage/usage-figures.type.js";
import { formatUsd } from "../../../lib/money.js";
import { lowerCase } from "../letter-case.js";

type CountName = {
  [Name in keyof UsageFigures]: UsageFigures[Name] extends number | null ? Name : never;
}[keyof UsageFigures];
type UsdName = Extract<keyof UsageFigures, `${string}Usd`>;

const count = (name: CountName) => (row: ReportedRow) => row.figures[name];
/** All digits of it. A margin may be below 0, which is no formula. */
const usd = (name: UsdName) => (row: ReportedRow) => {
  const cost = row.figures[name];
  return cost === null ? null : { digits: typeof cost === "bigint" ? formatUsd(cost) : cost };
};

/** A row of a report as CSV. */
export const USAGE_COLUMNS: CsvColumns<ReportedRow> = {
  start: (row) => row.start,
  organization_id: (row) => row.organizationId,
  team_id: (row) => row.teamId,
  key_id: (row) => row.keyId,
  model_group: (row) => row.modelGroup,
  model: (row) => row.model,
  job_type: (row) => row.jobType,
  outcome: (row) => row.outcome && lowerCase(row.outcome),
  jobs_completed: count("jobsCompleted"),
  jobs_failed: count("jobsFailed"),
  jobs_cancelled: count("jobsCancelled"),
  jobs_expired: count("jobsExpired"),
  credits_posted: count("creditsPosted"),
  calls: count("calls"),
  calls_succeeded: count("callsSucceeded"),
  calls_failed: count("callsFailed"),
  calls_cancelled: count("callsCancelled"),
  fallbacks: count("fallbacks"),
  calls_rescued: count("callsRescued"),
  error_rate: count("errorRate"),
  fallback_rate: count("fallbackRate"),
  calls_estimated: count("callsEstimated"),
  calls_unknown: count("callsUnknown"),
  calls_unpriced: count("callsUnpriced"),
  calls_partly_unpriced: count("callsPartlyUnpriced"),
  attempts: count("attempts"),
  failed_attempts: count("failedAttempts"),
  prompt_tokens: count("promptTokens"),
  completion_tokens: count("completionTokens"),
  cached_prompt_tokens: count("cachedPromptTokens"),
  cache_write_prompt_tokens: count("cacheWritePromptTokens"),
  audio_prompt_tokens: count("audioPromptTokens"),
  reasoning_tokens: count("reasoningTokens"),
  audio_completion_tokens: count("audioCompletionTokens"),
  total_tokens: count("totalTokens"),
  cost_usd: usd("costUsd"),
  failed_attempts_cost_usd: usd("failedAttemptsCostUsd"),
  unpaid_jobs_cost_usd: usd("unpaidJobsCostUsd"),
  completed_jobs_cost_usd: usd("completedJobsCostUsd"),
  cost_per_completed_job_usd: usd("costPerCompletedJobUsd"),
  revenue_usd: usd("revenueUsd"),
  margin_usd: usd("marginUsd"),
  credits_without_price: count("creditsWithoutPrice"),
  latency_ms_p50: (row) => row.figures.latencyMs?.p50 ?? null,
  latency_ms_p95: (row) => row.figures.latencyMs?.p95 ?? null,
  latency_ms_p99: (row) => row.figures.latencyMs?.p99 ?? null,
  time_to_first_token_ms_p50: (row) => row.figures.timeToFirstTokenMs?.p50 ?? null,
  time_to_first_token_ms_p95: (row) => row.figures.timeToFirstTokenMs?.p95 ?? null,
  time_to_first_token_ms_p99: (row) => row.figures.timeToFirstTokenMs?.p99 ?? null,
};

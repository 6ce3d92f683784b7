import type { Static } from "typebox";
import type { ReportedRow, UsageReading } from "../../../features/usage/report/usage-reading.js";
import { UsageGranularity } from "../../../features/usage/usage.input.js";
import type { UsageFigures, Percentiles as UsagePercentiles } from "../../../features/usage/usage-figures.type.js";
import { JobStatus } from "../../../generated/prisma/enums.js";
import { formatUsd } from "../../../lib/money.js";
import { EXAMPLE } from "../example.js";
import { lowerCase, lowerCased } from "../letter-case.js";
import { answer, flag, integer, listOf, number, oneOf, orNull, record, text, time } from "../schemas.js";

const seen = "The admin sees it without the markup, and everybody else with it.";
const usd = (description: string) => number(`${description} In USD. ${seen}`);
const rate = (description: string) => orNull(number(`${description} From 0 to 1. Null if there were no calls.`));
const Percentiles = record({
  p50: integer("Half of the calls took no longer, in milliseconds."),
  p95: integer("95 of 100 calls took no longer."),
  p99: integer("99 of 100 calls took no longer."),
});

/** What was used. */
const Figures = record({
  jobs_completed: integer("Jobs that ended as completed."),
  jobs_failed: integer("Jobs that ended as failed."),
  jobs_cancelled: integer("Jobs that ended as cancelled."),
  jobs_expired: integer("Jobs that ended as expired."),
  credits_posted: integer("Credits that completed jobs took."),
  calls: integer("Calls that were settled."),
  calls_succeeded: integer("Calls that a model answered in full."),
  calls_failed: integer("Calls that failed."),
  calls_cancelled: integer("Calls that were cancelled."),
  fallbacks: integer("Calls whose last attempt asked another model than their first."),
  calls_rescued: integer("Fallbacks that succeeded."),
  error_rate: rate("calls_failed / calls."),
  fallback_rate: rate("fallbacks / calls."),
  calls_estimated: integer("Calls whose tokens the gateway counted itself."),
  calls_unknown: integer("Calls of which nobody knows all of the tokens."),
  calls_unpriced: integer("Calls of which a price was not known."),
  calls_partly_unpriced: integer("Calls that are priced, but for a part that has no known price, such as sound."),
  attempts: integer("Questions to a model."),
  failed_attempts: integer("Attempts without a whole answer."),
  prompt_tokens: integer("Tokens of prompts."),
  completion_tokens: integer("Tokens of answers."),
  cached_prompt_tokens: integer("The part of prompt_tokens that came from the upstream's cache."),
  cache_write_prompt_tokens: integer("The part of prompt_tokens that was written to the upstream's cache."),
  audio_prompt_tokens: integer("The part of prompt_tokens that is sound."),
  reasoning_tokens: integer("The part of completion_tokens that was spent on reasoning."),
  audio_completion_tokens: integer("The part of completion_tokens that is sound."),
  total_tokens: integer("prompt_tokens + completion_tokens."),
  cost_usd: usd("The cost of all attempts."),
  failed_attempts_cost_usd: usd("The part of it that belongs to attempts without a whole answer."),
  unpaid_jobs_cost_usd: usd("The part of it that belongs to jobs that ended as failed, cancelled or expired."),
  completed_jobs_cost_usd: usd("The part of it that belongs to jobs that ended as completed."),
  cost_per_completed_job_usd: orNull(usd("completed_jobs_cost_usd / jobs_completed. Null if no job completed.")),
  revenue_usd: orNull(
    number(
      "What the posted credits were sold for, in USD. Null to everybody but the admin, and if no job had a price.",
    ),
  ),
  margin_usd: orNull(number("revenue_usd - cost_usd. Null if revenue_usd is null.")),
  credits_without_price: orNull(
    integer("How many of the posted credits are not in revenue_usd. Null to everybody but the admin."),
  ),
  latency_ms: orNull(Percentiles),
  time_to_first_token_ms: orNull(Percentiles),
});

const usdOf = (cost: bigint | string): number => Number(typeof cost === "bigint" ? formatUsd(cost) : cost);
const orNothing = <Value, Shown>(value: Value | null, shown: (value: Value) => Shown): Shown | null =>
  value === null ? null : shown(value);
const percentilesOf = ({ p50, p95, p99 }: UsagePercentiles) => ({ p50, p95, p99 });

const figuresShape = (figures: UsageFigures): Static<typeof Figures> => ({
  jobs_completed: figures.jobsCompleted,
  jobs_failed: figures.jobsFailed,
  jobs_cancelled: figures.jobsCancelled,
  jobs_expired: figures.jobsExpired,
  credits_posted: figures.creditsPosted,
  calls: figures.calls,
  calls_succeeded: figures.callsSucceeded,
  calls_failed: figures.callsFailed,
  calls_cancelled: figures.callsCancelled,
  fallbacks: figures.fallbacks,
  calls_rescued: figures.callsRescued,
  error_rate: figures.errorRate,
  fallback_rate: figures.fallbackRate,
  calls_estimated: figures.callsEstimated,
  calls_unknown: figures.callsUnknown,
  calls_unpriced: figures.callsUnpriced,
  calls_partly_unpriced: figures.callsPartlyUnpriced,
  attempts: figures.attempts,
  failed_attempts: figures.failedAttempts,
  prompt_tokens: figures.promptTokens,
  completion_tokens: figures.completionTokens,
  cached_prompt_tokens: figures.cachedPromptTokens,
  cache_write_prompt_tokens: figures.cacheWritePromptTokens,
  audio_prompt_tokens: figures.audioPromptTokens,
  reasoning_tokens: figures.reasoningTokens,
  audio_completion_tokens: figures.audioCompletionTokens,
  total_tokens: figures.totalTokens,
  cost_usd: usdOf(figures.costUsd),
  failed_attempts_cost_usd: usdOf(figures.failedAttemptsCostUsd),
  unpaid_jobs_cost_usd: usdOf(figures.unpaidJobsCostUsd),
  completed_jobs_cost_usd: usdOf(figures.completedJobsCostUsd),
  cost_per_completed_job_usd: orNothing(figures.costPerCompletedJobUsd, usdOf),
  revenue_usd: orNothing(figures.revenueUsd, usdOf),
  margin_usd: orNothing(figures.marginUsd, usdOf),
  credits_without_price: figures.creditsWithoutPrice,
  latency_ms: orNothing(figures.latencyMs, percentilesOf),
  time_to_first_token_ms: orNothing(figures.timeToFirstTokenMs, percentilesOf),
});

const named = (what: string) => orNull(text(`${what} Null if the report is not grouped by it, or if there is none.`));

const Row = record({
  start: time("When the hour, day or month begins."),
  organization_id: named("The organization."),
  team_id: named("The team."),
  key_id: named("The virtual key."),
  model_group: named("The model group. Jobs have none."),
  model: named("The model. Jobs have none."),
  job_type: named("The type of the job."),
  outcome: orNull(oneOf(lowerCased(JobStatus), "The status of the job. Null if the report is not grouped by it.")),
  figures: Figures,
});

const rowShape = (row: ReportedRow): Static<typeof Row> => ({
  start: row.start,
  organization_id: row.organizationId,
  team_id: row.teamId,
  key_id: row.keyId,
  model_group: row.modelGroup,
  model: row.model,
  job_type: row.jobType,
  outcome: orNothing(row.outcome, lowerCase),
  figures: figuresShape(row.figures),
});

const FIGURES_EXAMPLE: Static<typeof Figures> = {
  jobs_completed: 1,
  jobs_failed: 0,
  jobs_cancelled: 0,
  jobs_expired: 0,
  credits_posted: 1,
  calls: 1,
  calls_succeeded: 1,
  calls_failed: 0,
  calls_cancelled: 0,
  fallbacks: 0,
  calls_rescued: 0,
  error_rate: 0,
  fallback_rate: 0,
  calls_estimated: 0,
  calls_unknown: 0,
  calls_unpriced: 0,
  calls_partly_unpriced: 0,
  attempts: 1,
  failed_attempts: 0,
  prompt_tokens: 120,
  completion_tokens: 36,
  cached_prompt_tokens: 0,
  cache_write_prompt_tokens: 0,
  audio_prompt_tokens: 0,
  reasoning_tokens: 0,
  audio_completion_tokens: 0,
  total_tokens: 156,
  cost_usd: 0.000234,
  failed_attempts_cost_usd: 0,
  unpaid_jobs_cost_usd: 0,
  completed_jobs_cost_usd: 0.000234,
  cost_per_completed_job_usd: 0.000234,
  revenue_usd: null,
  margin_usd: null,
  credits_without_price: null,
  latency_ms: { p50: 833, p95: 833, p99: 833 },
  time_to_first_token_ms: null,
};

export const Usage = answer(
  "Usage",
  {
    from: time("The beginning of the range, in whole hours."),
    to: time("The end of the range, in whole hours. It is not part of it."),
    granularity: oneOf(lowerCased(UsageGranularity), "How long a time each row is about."),
    is_complete: flag("Whether everything is counted that was settled before the report was asked for."),
    total: Figures,
    rows: listOf(Row, "The rows of the page. There is a row only if something was counted."),
    next_cursor: orNull(text("Where the next page begins, for `after`. Null if this is the last page.")),
  },
  {
    from: "2026-03-02T00:00:00.000Z",
    to: "2026-03-03T00:00:00.000Z",
    granularity: "day",
    is_complete: true,
    total: FIGURES_EXAMPLE,
    rows: [
      {
        start: "2026-03-02T00:00:00.000Z",
        organization_id: null,
        team_id: EXAMPLE.teamId,
        key_id: null,
        model_group: null,
        model: null,
        job_type: null,
        outcome: null,
        figures: FIGURES_EXAMPLE,
      },
    ],
    next_cursor: null,
  },
);

export async function usageShape(reading: UsageReading): Promise<Static<typeof Usage>> {
  const [total, { rows, pageInfo }] = await Promise.all([reading.total(), reading.page()]);
  return {
    from: reading.from,
    to: reading.to,
    granularity: lowerCase(reading.granularity),
    is_complete: reading.isComplete,
    total: figuresShape(total),
    rows: rows.map(rowShape),
    next_cursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}

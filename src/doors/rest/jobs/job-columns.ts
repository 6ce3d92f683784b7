import type { Viewer } from "../../../auth/viewer.js";
import type { CsvColumns } from "../../../edge/http/exports/send-csv.js";
import { shownCost } from "../../../features/budgets/shown-cost.js";
import type { JobRow } from "../../../features/jobs/job.service.js";
import { lowerCase } from "../letter-case.js";

/** A job, with what it used, as CSV. */
export const jobColumns = (viewer: Viewer): CsvColumns<JobRow> => ({
  job_id: (job) => job.id,
  team_id: (job) => job.teamId,
  key_id: (job) => job.keyId,
  job_type: (job) => job.jobType,
  status: (job) => lowerCase(job.status),
  metadata: (job) => JSON.stringify(job.metadata),
  error_message: (job) => job.errorMessage,
  total_calls: (job) => job.totalCalls,
  successful_calls: (job) => job.successfulCalls,
  failed_calls: (job) => job.failedCalls,
  cancelled_calls: (job) => job.cancelledCalls,
  prompt_tokens: (job) => Number(job.promptTokens),
  completion_tokens: (job) => Number(job.completionTokens),
  cost_usd: (job) => ({ digits: shownCost(viewer, job.costNanoUsd, job.markupMillionths) }),
  failed_attempts_cost_usd: (job) => ({
    digits: shownCost(viewer, job.failedAttemptsCostNanoUsd, job.markupMillionths),
  }),
  credits_posted: (job) => job.postedCredits,
  created_at: (job) => job.createdAt,
  started_at: (job) => job.startedAt,
  completed_at: (job) => job.completedAt,
});

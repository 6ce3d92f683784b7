import { z } from "zod";
import { CompleteJobInput, JobOutcome } from "../../../features/closing/close-job.input.js";
import { costsOf } from "../../../features/jobs/costs/job-costs.js";
import type { CostSummary } from "../../../features/jobs/job.type.js";
import type { Tool } from "../tool.js";
import { count, decimal, flag, freeData, jobStatus, lowerCase, text, time, upperCase, wordsOf } from "./fields.js";

const input = z.strictObject({
  job_id: text("The id that create_job returned."),
  status: z
    .enum(wordsOf(JobOutcome))
    .describe(
      'How the job ends. "completed" takes its credit. "failed" and "cancelled" are free, and cancel its running calls.',
    )
    .default("completed"),
  error_message: text("Why the job failed: 1 to 1000 characters.").optional(),
  metadata: freeData.describe("Names to set in the free data of the job. The others stay.").optional(),
});

const costs = z
  .object({
    total_calls: count("Calls that were admitted."),
    successful_calls: count("Calls that a model answered in full."),
    failed_calls: count("Calls that no model answered in full."),
    cancelled_calls: count("Calls that were cancelled before they were done."),
    prompt_tokens: count("Tokens of the prompts."),
    completion_tokens: count("Tokens of the answers."),
    total_tokens: count("The sum of both."),
    total_cost_usd: decimal("What all calls cost. Calls without a known price add nothing."),
    failed_attempts_cost_usd: decimal("The part of it that belongs to attempts which gave no answer."),
    avg_latency_ms: count("Milliseconds that a call took, as the mean."),
    credit_applied: flag("Whether the job took credits: true only if it is completed."),
    credits_posted: count("The credits that the job took."),
    credits_remaining: count("The credits that the team had left then."),
    unpriced_calls: count("Calls whose model has no known price."),
  })
  .describe("What the job used.");

const answer = z.object({
  job_id: text("The id of the job."),
  status: jobStatus,
  completed_at: time("When the job ended.").nullable(),
  costs,
});

export const completeJobTool: Tool<typeof input, typeof answer> = {
  name: "complete_job",
  title: "End a job",
  description:
    "Ends a job for ever, and returns what it used. Asked again for the same status, it returns the first summary and takes nothing. The error INVALID_STATE means that the job has ended in another way. CALLS_RUNNING means that a call still runs: ask again when it has ended.",
  input,
  answer,
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  async run({ services, viewer, record }, { job_id, status, error_message, metadata }) {
    const end = { jobId: job_id, status: JobOutcome[upperCase(status)], errorMessage: error_message, metadata };
    const job = record.ofJob(await services.jobCloser.close(viewer, Object.assign(new CompleteJobInput(), end)));
    return {
      job_id: job.id,
      status: lowerCase(job.status),
      completed_at: job.completedAt?.toISOString() ?? null,
      costs: costsShape(costsOf(viewer, job, 0)),
    };
  },
};

const costsShape = (summary: CostSummary): z.input<typeof costs> => ({
  total_calls: summary.totalCalls,
  successful_calls: summary.successfulCalls,
  failed_calls: summary.failedCalls,
  cancelled_calls: summary.cancelledCalls,
  prompt_tokens: summary.promptTokens,
  completion_tokens: summary.completionTokens,
  total_tokens: summary.totalTokens,
  total_cost_usd: summary.totalCostUsd,
  failed_attempts_cost_usd: summary.failedAttemptsCostUsd,
  avg_latency_ms: summary.avgLatencyMs,
  credit_applied: summary.creditApplied,
  credits_posted: summary.creditsPosted,
  credits_remaining: summary.creditsRemaining,
  unpriced_calls: summary.unpricedCalls,
});

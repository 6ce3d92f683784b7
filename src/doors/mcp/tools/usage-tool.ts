import { z } from "zod";
import type { ReportedRow } from "../../../features/usage/report/usage-reading.js";
import { UsageDimension, UsageGranularity, UsageInput } from "../../../features/usage/usage.input.js";
import type { UsageFigures } from "../../../features/usage/usage-figures.type.js";
import { USAGE_FIRST_DEFAULT, USAGE_FIRST_MAX } from "../../../features/usage/usage-limits.js";
import { JobStatus } from "../../../generated/prisma/enums.js";
import type { Clock } from "../../../lib/clock.js";
import { formatUsd } from "../../../lib/money.js";
import type { Tool } from "../tool.js";
import { count, decimal, flag, instantOf, limit, lowerCase, text, time, upperCase, wordsOf } from "./fields.js";

/** How long a report is if its beginning is not given. */
const DAYS_DEFAULT = 30;
const DAY_MS = 24 * 3_600_000;

const input = z.strictObject({
  from: time(
    `The beginning, such as "2026-03-01T00:00:00Z". Absent means ${DAYS_DEFAULT} days before the end.`,
  ).optional(),
  to: time("The end. Absent means now. Hours count as a whole.").optional(),
  granularity: z.enum(wordsOf(UsageGranularity)).describe("How long a time each row is about, in UTC.").default("all"),
  group_by: z
    .array(z.enum(wordsOf(UsageDimension)))
    .describe("What each row is about, beside its time.")
    .optional(),
  limit: limit(
    `How many rows are wanted at most: 1 to ${USAGE_FIRST_MAX}. Absent means ${USAGE_FIRST_DEFAULT}.`,
  ).optional(),
  after: text("The next_cursor of the page before, of the same report.").optional(),
});

const figures = z.object({
  jobs_completed: count("Jobs that ended as completed."),
  jobs_failed: count("Jobs that ended as failed."),
  jobs_cancelled: count("Jobs that ended as cancelled."),
  jobs_expired: count("Jobs that ended as expired."),
  credits_posted: count("Credits that completed jobs took."),
  calls: count("Calls that have ended."),
  calls_succeeded: count("Calls that a model answered in full."),
  calls_failed: count("Calls that failed."),
  calls_cancelled: count("Calls that were cancelled."),
  calls_unpriced: count("Calls of which a price was not known."),
  prompt_tokens: count("Tokens of questions."),
  completion_tokens: count("Tokens of answers."),
  total_tokens: count("The sum of both."),
  cost_usd: decimal("What all calls cost."),
  failed_attempts_cost_usd: decimal("The part of it that belongs to attempts without a whole answer."),
});

const named = (what: string) =>
  text(`${what} Null if the report is not grouped by it, or if there is none.`).nullable();

const row = z.object({
  start: time("When the hour, day or month begins."),
  organization_id: named("The organization."),
  team_id: named("The team."),
  key_id: named("The virtual key."),
  model_group: named("The model group."),
  model: named("The model."),
  job_type: named("The type of the job."),
  outcome: z
    .enum(wordsOf(JobStatus))
    .describe("The status of the job. Null if the report is not grouped by it.")
    .nullable(),
  figures,
});

const answer = z.object({
  from: time("The beginning, in whole hours."),
  to: time("The end, in whole hours. It is not part of the report."),
  granularity: z.enum(wordsOf(UsageGranularity)).describe("How long a time each row is about."),
  is_complete: flag("Whether everything is counted that had ended before the report was asked for."),
  total: figures,
  rows: z.array(row).describe("The rows. There is a row only if something was counted."),
  next_cursor: text("Where the next page begins, for `after`. Null if this is the last page.").nullable(),
});

/** The clock says what is now. */
export const usageTool = (clock: Clock): Tool<typeof input, typeof answer> => ({
  name: "usage",
  title: "Tell what was used",
  description:
    "Tells what the team of the key used in a time: jobs by how they ended, credits, calls, tokens and costs in USD. Calls count in the hour in which they began, and jobs in the hour in which they ended. Of an organization's key, it tells what all of its teams used.",
  input,
  answer,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  async run({ services, viewer }, { from, to, granularity, group_by, limit: first, after }) {
    const end = to === undefined ? clock.now() : instantOf("to", to);
    const begin = from === undefined ? new Date(end.getTime() - DAYS_DEFAULT * DAY_MS) : instantOf("from", from);
    const reading = await services.usage.report(
      viewer,
      Object.assign(new UsageInput(), {
        from: begin,
        to: end,
        granularity: UsageGranularity[upperCase(granularity)],
        groupBy: group_by?.map((name) => UsageDimension[upperCase(name)]) ?? null,
        first: first ?? null,
        after: after ?? null,
      }),
    );
    const [total, { rows, pageInfo }] = await Promise.all([reading.total(), reading.page()]);
    return {
      from: reading.from.toISOString(),
      to: reading.to.toISOString(),
      granularity: lowerCase(reading.granularity),
      is_complete: reading.isComplete,
      total: figuresShape(total),
      rows: rows.map(rowShape),
      next_cursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    };
  },
});

const rowShape = (reported: ReportedRow): z.input<typeof row> => ({
  start: reported.start.toISOString(),
  organization_id: reported.organizationId,
  team_id: reported.teamId,
  key_id: reported.keyId,
  model_group: reported.modelGroup,
  model: reported.model,
  job_type: reported.jobType,
  outcome: reported.outcome && lowerCase(reported.outcome),
  figures: figuresShape(reported.figures),
});

const figuresShape = (used: UsageFigures): z.input<typeof figures> => ({
  jobs_completed: used.jobsCompleted,
  jobs_failed: used.jobsFailed,
  jobs_cancelled: used.jobsCancelled,
  jobs_expired: used.jobsExpired,
  credits_posted: used.creditsPosted,
  calls: used.calls,
  calls_succeeded: used.callsSucceeded,
  calls_failed: used.callsFailed,
  calls_cancelled: used.callsCancelled,
  calls_unpriced: used.callsUnpriced,
  prompt_tokens: used.promptTokens,
  completion_tokens: used.completionTokens,
  total_tokens: used.totalTokens,
  cost_usd: usdOf(used.costUsd),
  failed_attempts_cost_usd: usdOf(used.failedAttemptsCostUsd),
});

const usdOf = (cost: bigint | string): string => (typeof cost === "bigint" ? formatUsd(cost) : cost);

import type { ValuesOf } from "../../../db/column-type.js";
import { DomainError, notFound } from "../../../lib/errors.js";
import { formatWithMarkup } from "../../../lib/money.js";
import type { JobLimits } from "../../jobs/commit/open-job.js";
import { refusalOfTeam } from "../../jobs/commit/refusal-of-team.js";
import { requireOpen } from "../../jobs/job-state.js";
import type { admitCalls } from "./admit-calls.sql.js";

export type AdmissionAnswer = ValuesOf<typeof admitCalls.row>;

/** Says why a call was not admitted. */
export function refusalOf(
  answer: AdmissionAnswer,
  { jobId, teamId }: { jobId: string; teamId: string },
  { maxCalls }: JobLimits,
): DomainError {
  const { verdict, jobStatus: status } = answer;
  if (verdict === "NO_JOB") return notFound("job", jobId);
  if (verdict === "UNPAID_COST") return unpaidCostReached(answer, teamId);
  if (verdict === "JOB_COST" || verdict === "JOB_TOKENS")
    return new DomainError(
      "BUDGET_EXCEEDED",
      "The job has reached its own limit of cost or of tokens (maxCostUsd, maxTokens).",
      { budget: verdict, jobId },
    );
  if (verdict !== "JOB" || status === null) return refusalOfTeam(verdict, teamId);
  requireOpen({ ...answer, id: jobId, status });
  if (answer.ofOneCall)
    return new DomainError("INVALID_STATE", "The job was opened for one call, and takes no other.", { jobId, status });
  return new DomainError("INVALID_STATE", `The job has ${maxCalls} calls, which is the most it may have.`, {
    jobId,
    status,
  });
}

/** Its figures have the markup, as all costs that a team sees. */
function unpaidCostReached(answer: AdmissionAnswer, teamId: string): DomainError {
  const { endedCostNanoUsd, openCostNanoUsd, markupMillionths } = answer;
  const endedCostUsd = formatWithMarkup(endedCostNanoUsd ?? 0n, markupMillionths);
  const openCostUsd = formatWithMarkup(openCostNanoUsd ?? 0n, markupMillionths);
  return new DomainError(
    "BUDGET_EXCEEDED",
    `Jobs of the team that ended unpaid have cost ${endedCostUsd} USD today, and its open jobs ${openCostUsd} USD so far. That is as much as jobs may cost on a day that the team does not pay for (unpaidCostUsdPerDay). A job that is completed counts no more, and what ended unpaid counts until midnight UTC.`,
    { budget: "UNPAID_COST", teamId, endedCostUsd, openCostUsd },
  );
}

import type { ValuesOf } from "../../../db/column-type.js";
import { DomainError, notFound } from "../../../lib/errors.js";
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
  if (verdict === "CAP")
    return new DomainError(
      "BUDGET_EXCEEDED",
      "The job has reached its own limit of cost or of tokens (maxCostUsd, maxTokens).",
      {
        jobId,
      },
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

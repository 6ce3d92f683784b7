import type { ValuesOf } from "../../../db/column-type.js";
import { DomainError, notFound } from "../../../lib/errors.js";
import { noCredit } from "../../credits/ledger.js";
import { requireOpen } from "../../jobs/job-state.js";
import type { JobLimits } from "../../jobs/open-job.js";
import type { admitCalls } from "./admit-calls.sql.js";

export type AdmissionAnswer = ValuesOf<typeof admitCalls.row>;

/** Says why a call was not admitted. */
export function refusalOf(
  answer: AdmissionAnswer,
  { jobId, teamId }: { jobId: string; teamId: string },
  { maxCalls }: JobLimits,
): DomainError {
  const { verdict, jobStatus: status, totalCalls } = answer;
  if (verdict === "KEY_INVALID") return new DomainError("UNAUTHENTICATED", "The key is no longer valid.");
  if (verdict === "SUSPENDED") return new DomainError("TEAM_SUSPENDED");
  if (verdict === "NO_CREDIT") return noCredit(teamId);
  // Only if the first request with the key was forgotten between two statements.
  if (verdict === "KEY_TAKEN") return new DomainError("UNAVAILABLE", "The idempotency key has just run out.");
  if (verdict === "NO_JOB" || status === null || totalCalls === null) return notFound("job", jobId);
  requireOpen({ ...answer, id: jobId, status });
  if (answer.ofOneCall)
    return new DomainError("INVALID_STATE", "The job was opened for one call, and takes no other.", { jobId, status });
  return new DomainError("INVALID_STATE", `The job has ${maxCalls} calls, which is the most it may have.`, {
    jobId,
    status,
  });
}

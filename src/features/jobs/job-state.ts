import type { Job, JobStatus } from "../../generated/prisma/client.js";
import { DomainError } from "../../lib/errors.js";

/**
 * The states of a job: PENDING -> IN_PROGRESS (its first call) -> COMPLETED | FAILED | CANCELLED | EXPIRED. The last
 * four are terminal: a job never leaves them.
 */
export type TerminalStatus = Exclude<JobStatus, "PENDING" | "IN_PROGRESS">;

export const isTerminal = (status: JobStatus): status is TerminalStatus =>
  status !== "PENDING" && status !== "IN_PROGRESS";

/** A job as it stands now, and whether its time has run out by the database's clock. */
export type JobNow = Job & { readonly hasExpired: boolean };

/** What decides whether a job is open. */
type Openness = Pick<JobNow, "id" | "status" | "closingAs" | "hasExpired">;

/** Returns if the job takes calls and changes now. Otherwise throws INVALID_STATE, which names its status. */
export function requireOpen(job: Openness): void {
  if (isTerminal(job.status)) throw invalidState(job, `The job is ${job.status}.`);
  if (job.closingAs) throw invalidState(job, `The job is being closed as ${job.closingAs}.`);
  if (job.hasExpired) throw invalidState(job, "The job has run out of time.");
}

/**
 * Decides whether a request to end a job is carried out ("end"), or answered with the result of the first such request
 * ("repeat"). Throws INVALID_STATE if the job has ended otherwise or is about to.
 */
export function decideEnd(job: JobNow, outcome: TerminalStatus): "end" | "repeat" {
  if (job.status === outcome) return "repeat";
  if (job.closingAs === outcome) return "end";
  requireOpen(job);
  return "end";
}

function invalidState(job: Openness, message: string): DomainError {
  return new DomainError("INVALID_STATE", message, { jobId: job.id, status: job.status });
}

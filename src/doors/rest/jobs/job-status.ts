import type { JobFilter } from "../../../features/jobs/job.input.js";

/** In lower case, as this door says them. */
export const JOB_STATUSES = ["pending", "in_progress", "completed", "failed", "cancelled", "expired"];

export function filterOf(status: string | undefined): JobFilter | null {
  return status === undefined ? null : { status: [status.toUpperCase()] as JobFilter["status"] };
}

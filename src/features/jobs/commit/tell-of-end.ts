import { JobStatus } from "../../../generated/prisma/client.js";
import type { Events } from "../../../lib/observe/events.js";

const ENDS: readonly JobStatus[] = [JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.EXPIRED];

/** Tells that a job has ended, if this is the status of an end. */
export function tellOfEnd(events: Events, status: JobStatus): void {
  if (ENDS.includes(status)) events.tell("jobs", { status, count: 1 });
}

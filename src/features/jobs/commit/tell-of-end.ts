import type { JobStatus } from "../../../generated/prisma/client.js";
import type { Events } from "../../../lib/observe/events.js";
import type { CreditMovement } from "../../../lib/observe/facts.js";

/** What becomes of the held credit of a job that ends so. */
const MOVEMENTS: Partial<Record<JobStatus, CreditMovement>> = {
  COMPLETED: "posted",
  FAILED: "voided",
  CANCELLED: "voided",
  EXPIRED: "expired",
};

/** Tells that a job has ended, if this is the status of an end. */
export function tellOfEnd(events: Events, status: JobStatus): void {
  const movement = MOVEMENTS[status];
  if (!movement) return;
  events.tell("jobs", { status, count: 1 });
  events.tell("credits", { movement, count: 1 });
}

import type { JobStatus } from "../api/graphql";
import { Chip, type Tone } from "../ui/chip";

export const JOB_STATUS_WORDS: Readonly<Record<JobStatus, string>> = {
  PENDING: "Pending",
  IN_PROGRESS: "In progress",
  COMPLETED: "Completed",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
  EXPIRED: "Expired",
};
const TONES: Readonly<Record<JobStatus, Tone>> = {
  PENDING: "plain",
  IN_PROGRESS: "warn",
  COMPLETED: "good",
  FAILED: "bad",
  CANCELLED: "plain",
  EXPIRED: "bad",
};

/** Whether a job takes more calls. */
export const isOpenJob = (status: JobStatus): boolean => status === "PENDING" || status === "IN_PROGRESS";

export function JobStatusChip({ status }: { readonly status: JobStatus }) {
  return <Chip tone={TONES[status]}>{JOB_STATUS_WORDS[status]}</Chip>;
}

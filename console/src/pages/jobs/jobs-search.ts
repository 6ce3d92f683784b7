import { type PeriodSearch, readPeriod } from "../../period/period";
import { choicesIn, textIn } from "../../search";

export const JOB_STATUSES = ["PENDING", "IN_PROGRESS", "COMPLETED", "FAILED", "CANCELLED", "EXPIRED"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** Which jobs are listed, as the address has it. */
export interface JobsSearch extends PeriodSearch {
  readonly status?: readonly JobStatus[];
  readonly team?: string;
  readonly type?: string;
  /** The id of the key that opened them. */
  readonly key?: string;
  /** JSON that the metadata contain. */
  readonly metadata?: string;
  /** A text that the message of their error contains. */
  readonly error?: string;
}

export function readJobsSearch(search: Record<string, unknown>): JobsSearch {
  return {
    ...readPeriod(search),
    ...choicesIn(search, "status", JOB_STATUSES),
    ...textIn(search, "team"),
    ...textIn(search, "type"),
    ...textIn(search, "key"),
    ...textIn(search, "metadata"),
    ...textIn(search, "error"),
  };
}

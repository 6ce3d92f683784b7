import type { JobFilter } from "../../api/graphql";
import { type PeriodSearch, type Range, readPeriod } from "../../period/period";
import { choicesIn, textIn } from "../../search";

export const JOB_STATUSES = ["PENDING", "IN_PROGRESS", "COMPLETED", "FAILED", "CANCELLED", "EXPIRED"] as const;
type JobStatus = (typeof JOB_STATUSES)[number];

type Metadata = Readonly<Record<string, unknown>>;

/** Which jobs are listed, as the address has it. */
export interface JobsSearch extends PeriodSearch {
  readonly status?: readonly JobStatus[];
  readonly team?: string;
  readonly type?: string;
  /** The id of the key that opened them. */
  readonly key?: string;
  /** What their metadata contain. */
  readonly metadata?: Metadata;
  /** Words that the message of their error contains. */
  readonly error?: string;
}

export function readJobsSearch(search: Record<string, unknown>): JobsSearch {
  const metadata = metadataOf(search.metadata);
  return {
    ...readPeriod(search),
    ...choicesIn(search, "status", JOB_STATUSES),
    ...textIn(search, "team"),
    ...textIn(search, "type"),
    ...textIn(search, "key"),
    ...(metadata && { metadata }),
    ...textIn(search, "error"),
  };
}

/** Reads metadata that a person has typed, or that stand in an address. Null if it is not a JSON object. */
export function metadataOf(value: unknown): Metadata | null {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Metadata;
  if (typeof value !== "string") return null;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "string" ? null : metadataOf(parsed);
  } catch {
    return null;
  }
}

/** Returns the filter of the API that says the same. */
export function jobFilterOf({ status, team, type, key, metadata, error }: JobsSearch, { from, to }: Range): JobFilter {
  return {
    createdAfter: from.toISOString(),
    createdBefore: to.toISOString(),
    ...(status && { status }),
    ...(team && { teamIds: [team] }),
    ...(type && { jobType: type }),
    ...(key && { keyIds: [key] }),
    ...(metadata && { metadataContains: metadata }),
    ...(error && { errorText: error }),
  };
}

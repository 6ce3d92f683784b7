import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { hasErrorWords, hasMetadata, isCreatedWithin, isOneOf, isOneOfIds } from "../../db/filter-condition.js";
import { type Across, type Condition, type Filter, list } from "../../db/lists/list.js";
import { rowsById } from "../../db/rows/rows-by-id.js";
import { statement } from "../../db/statement.js";
import { type Job, JobStatus, Prisma } from "../../generated/prisma/client.js";
import { isUuid } from "../../lib/ids.js";
import { HAS_EXPIRED } from "./commit/job-expiry.sql.js";
import type { JobFilter } from "./job.input.js";

export const jobRow = {
  id: "uuid",
  teamId: "text",
  keyId: "uuid?",
  jobType: "text",
  status: "job_status",
  metadata: "jsonb",
  errorMessage: "text?",
  ofOneCall: "bool",
  closingAs: "job_status?",
  createdAt: "timestamptz",
  startedAt: "timestamptz?",
  completedAt: "timestamptz?",
  expiresAt: "timestamptz",
  totalCalls: "int4",
  successfulCalls: "int4",
  failedCalls: "int4",
  cancelledCalls: "int4",
  runningCalls: "int4",
  promptTokens: "int8",
  completionTokens: "int8",
  costNanoUsd: "int8",
  costDigits: "int4",
  failedAttemptsCostNanoUsd: "int8",
  latencyMsTotal: "int8",
  estimatedCalls: "int4",
  unknownUsageCalls: "int4",
  unpricedCalls: "int4",
  partlyUnpricedCalls: "int4",
  creditApplied: "bool",
  heldCredits: "int4",
  entryCount: "int4",
  postedCredits: "int4",
  nanoCreditsPerUsd: "int8?",
  tokensPerCredit: "int4?",
  markupMillionths: "int4",
  creditPriceNanoUsd: "int8?",
  maxCostNanoUsd: "int8?",
  maxTokens: "int8?",
  allowanceSpan: "text?",
  creditsRemaining: "int4?",
} as const satisfies RowOf<Job>;

/** A job, whose it is, and whether its time has run out. */
export const findJob = statement({
  name: "find-job",
  params: { id: "uuid" },
  text: `SELECT ${columnsOf(jobRow, "jobs")}, ${HAS_EXPIRED} AS has_expired, organization_id, teams.status AS team_status
    FROM jobs JOIN teams ON teams.id = team_id WHERE jobs.id = $1`,
  row: { ...jobRow, hasExpired: "bool", organizationId: "text", teamStatus: "account_status" },
});

export const findJobs = statement(rowsById("find-jobs", "jobs", jobRow));

/** Locks the job's row until the transaction ends: everyone else who wants to change it waits. */
export const lockJob = statement({
  name: "lock-job",
  params: { id: "uuid" },
  text: `SELECT ${columnsOf(jobRow)}, ${HAS_EXPIRED} AS has_expired FROM jobs WHERE id = $1 FOR UPDATE`,
  row: { ...jobRow, hasExpired: "bool" },
});

/** Records how a job is going to end. From now on it takes no call, and a task can finish the closing. */
export const markClosing = statement({
  name: "mark-closing",
  params: { id: "uuid", closingAs: "job_status", errorMessage: "text?", metadata: "jsonb?" },
  text: `UPDATE jobs SET closing_as = $2, error_message = COALESCE($3, error_message), metadata = COALESCE($4, metadata)
    WHERE id = $1 RETURNING ${columnsOf(jobRow)}`,
  row: jobRow,
});

/** The versions of jobs. PostgreSQL gives a row another xmin with every change of it. */
export const versionsOfJobs = statement({
  name: "versions-of-jobs",
  params: { ids: "uuid[]" },
  text: "SELECT id, xmin::text AS version FROM jobs WHERE id = ANY($1)",
  row: { id: "uuid", version: "text" },
});

/** The jobs of all teams, newest first. */
export const jobs = list({ table: "jobs", row: jobRow, order: ["createdAt", "id"], direction: "DESC" });

/**
 * The jobs of a team, or of a key, newest first. The indexes of the list of all teams do not have this order, so it is never
 * read from them.
 */
export const jobsOfTeam = list({
  table: "jobs",
  row: jobRow,
  parent: "teamId",
  order: ["createdAt", "id"],
  direction: "DESC NULLS LAST",
});

/** The jobs that are open now. They are counted in the index jobs_open_idx. */
export const openJobsCount = statement({
  name: "open-jobs-count",
  params: {},
  text: "SELECT count(*) AS count FROM jobs WHERE completed_at IS NULL",
  row: { count: "int8" },
});

/** The keys whose jobs are listed. They are read key by key, in an index that begins with the key. */
export const acrossKeys = (keyIds: readonly string[]): Across => ({
  table: Prisma.sql`unnest(${[...new Set(keyIds)].filter(isUuid)}::uuid[]) AS opener(key_id)`,
  fits: Prisma.sql`key_id = opener.key_id`,
});

/** A job is of one of the teams, and of one of the keys, that a filter names. */
export const isOf = ({ teamIds, keyIds }: JobFilter): Condition[] => [
  ...(teamIds ? [isOneOf("team_id", teamIds)] : []),
  ...(keyIds ? [isOneOfIds("key_id", keyIds)] : []),
];

/** A list of jobs is read job by job of these teams or keys. `instead` says the same in conditions. */
export interface JobOwners {
  readonly across: Across | null;
  readonly instead: readonly Condition[];
  /** How many they are, about. */
  readonly parts: number;
}

/**
 * What a filter lets through beside the conditions of `all`. The indexes of lists have the order within one status, or
 * within one status of one type. So every list is read status by status. Metadata is searched for. Words of an error are
 * too, but no status says which jobs have an error, so these are only looked up in their index.
 */
export function fits(filter: JobFilter, all: readonly Condition[], owners: JobOwners): Filter {
  const { status, jobType, metadataContains, errorText } = filter;
  const conditions = [...all, ...isCreatedWithin(filter)];
  if (jobType != null) conditions.push(Prisma.sql`job_type = ${jobType}`);
  const statuses = [...new Set(status ?? Object.values(JobStatus))];
  const oneOf = { values: statuses, fits: Prisma.sql`status = one.value::job_status` };
  const across = owners.across ? { across: owners.across } : {};
  const searched = [
    ...(metadataContains ? [hasMetadata(metadataContains)] : []),
    ...(errorText == null ? [] : [hasErrorWords(errorText)]),
  ];
  if (searched.length === 0) return { all: conditions, oneOf, ...across };
  const by = errorText == null ? "near first" : "index";
  const instead = [...(status ? [isOneOf("status::text", statuses)] : []), ...owners.instead];
  return {
    all: conditions,
    oneOf,
    ...across,
    searched: { fits: searched, by, isDear: errorText != null, instead, parts: owners.parts },
  };
}

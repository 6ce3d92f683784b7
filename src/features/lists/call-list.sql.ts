import { hasErrorWords, hasMetadata, isCreatedWithin, isOneOf, isOneOfIds } from "../../db/filter-condition.js";
import { type Across, type Condition, type Filter, list, type Searched } from "../../db/lists/list.js";
import { LlmCallKind, LlmCallStatus, Prisma } from "../../generated/prisma/client.js";
import { calls } from "../calls/call.sql.js";
import type { LlmCallFilter } from "./call-filter.input.js";

const table = { table: "llm_calls", row: calls.row, order: ["createdAt", "id"] } as const;

/** The calls of all teams. */
export const newestCalls = list({ ...table, direction: "DESC" });
export const oldestCalls = list({ ...table, direction: "ASC" });

/** The calls of one team after the other. The indexes of the lists of all teams do not have this order. */
export const newestCallsOfTeam = list({ ...table, parent: "teamId", direction: "DESC NULLS LAST" });
export const oldestCallsOfTeam = list({ ...table, parent: "teamId", direction: "ASC NULLS FIRST" });

const { content: _content, reasoning: _reasoning, toolCalls: _calls, extensions: _extensions, ...brief } = calls.row;
/** A call without what was answered. That may be megabytes. */
export const briefCallRow = brief;

/** The only states of a call that has an error. A constraint of the table says so. */
export const STATUSES_OF_ERRORS: readonly LlmCallStatus[] = [LlmCallStatus.FAILED, LlmCallStatus.CANCELLED];

/** The states that a call may have if it passes the filter. */
export function statusesOf({ status, errorCodes, errorText }: LlmCallFilter): LlmCallStatus[] {
  const statuses = [...new Set(status ?? Object.values(LlmCallStatus))];
  return errorCodes || errorText != null ? statuses.filter((each) => STATUSES_OF_ERRORS.includes(each)) : statuses;
}

type Names = Pick<LlmCallFilter, "keyIds" | "modelGroups" | "models" | "jobTypes">;

/** The names by which usage counts calls, but for their team. */
export const isNamed = ({ keyIds, modelGroups, models, jobTypes }: Names): Condition[] => [
  ...(keyIds ? [isOneOfIds("key_id", keyIds)] : []),
  ...(modelGroups ? [isOneOf("model_group", modelGroups)] : []),
  ...(models ? [isOneOf("model", models)] : []),
  // The planner makes no join of this, in which it might read all jobs.
  ...(jobTypes ? [isOneOf("(SELECT job_type FROM jobs WHERE jobs.id = job_id)", jobTypes)] : []),
];

/** The first condition is that of an index, in which there are no chats. */
const isOfKind = (kinds: readonly LlmCallKind[]): Condition[] => [
  ...(kinds.includes(LlmCallKind.CHAT) ? [] : [Prisma.sql`kind <> 'CHAT'`]),
  isOneOf("kind::text", kinds),
];

/** What is searched for in calls. */
const searchedIn = ({ kind, metadataContains, errorText }: LlmCallFilter): Condition[] => [
  ...(kind ? isOfKind(kind) : []),
  ...(metadataContains ? [hasMetadata(metadataContains)] : []),
  ...(errorText == null ? [] : [hasErrorWords(errorText)]),
];

/** Calls of one status that were created in a span of time, from its start on and before its end. */
export interface CallSpan {
  readonly status: LlmCallStatus;
  /** Times as the database writes them, also "-infinity" and "infinity". */
  readonly start: string;
  readonly end: string;
  /** Null means all teams that are read. */
  readonly teamId: string | null;
}

/** Whose calls a list has. Null means everybody's, and then it is not read team by team. */
export type Owners = Across | null;

/**
 * What a filter lets through of calls in these spans. They are read span by span, and merged. If nobody knows how many of
 * the calls in them fit, the conditions for that are checked for each call, and no index is asked for them.
 */
export function fitsInSpans(filter: LlmCallFilter, owners: Owners, spans: readonly CallSpan[]): Filter {
  const inTime = Prisma.sql`status = span.status::llm_call_status AND created_at >= span.starts AND created_at < span.ends`;
  const ofAny = spansOf(spans.filter(({ teamId }) => teamId === null));
  const ofOne = spansOf(spans.filter(({ teamId }) => teamId !== null));
  const errorCodes = filter.errorCodes ? [isOneOf("error_code", filter.errorCodes)] : [];
  const searched = [...searchedIn(filter), ...errorCodes];
  return {
    all: [...isCreatedWithin(filter), ...isNamed(filter)],
    across: owners
      ? {
          table: Prisma.sql`(SELECT * FROM ${ofOne} UNION ALL SELECT status, starts, ends, owner.team_id FROM ${ofAny} CROSS JOIN ${owners.table}) AS span`,
          fits: Prisma.sql`team_id = span.team_id AND ${inTime}`,
        }
      : { table: ofAny, fits: inTime },
    ...(searched.length > 0 && {
      searched: { fits: searched, by: "whole" as const, isDear: false, instead: [], parts: 1 },
    }),
  };
}

const spansOf = (spans: readonly CallSpan[]): Prisma.Sql =>
  Prisma.sql`unnest(${spans.map(({ status }) => status)}::text[], ${spans.map(({ start }) => start)}::timestamptz[],
    ${spans.map(({ end }) => end)}::timestamptz[], ${spans.map(({ teamId }) => teamId)}::text[]) AS span(status, starts, ends, team_id)`;

/** The teams of these keys, among the owners. */
export const ownersOfKeys = (owners: Owners, keyIds: readonly string[]): Across => ({
  table: Prisma.sql`(SELECT DISTINCT team_id FROM virtual_keys WHERE id = ANY (${keyIds}::uuid[])${owners ? Prisma.sql` AND team_id IN (SELECT team_id FROM ${owners.table})` : Prisma.empty}) AS owner(team_id)`,
  fits: Prisma.sql`team_id = owner.team_id`,
});

/**
 * What a filter lets through. The calls of each status, or of each code of an error, have an index in their order, so a list
 * is read status by status, or code by code. Kinds, metadata and words of an error are searched for, and names are then checked
 * with them. `parts` is how many owners there are, about.
 */
export function fits(filter: LlmCallFilter, by: Searched["by"], owners: Owners, parts: number): Filter {
  const statuses = statusesOf(filter);
  const isOfStatus = isOneOf("status::text", statuses);
  const ofStatus = { values: statuses, fits: Prisma.sql`status = one.value::llm_call_status` };
  const codes = filter.errorCodes && [...new Set(filter.errorCodes)];
  const oneOf = codes ? { values: codes, fits: Prisma.sql`error_code = one.value` } : ofStatus;
  const all = [...isCreatedWithin(filter), ...(codes && filter.status ? [isOfStatus] : [])];
  const searched = searchedIn(filter);
  const across = owners ? { across: owners } : {};
  if (searched.length === 0) return { all: [...all, ...isNamed(filter)], oneOf, ...across };
  const isOfCode = codes ? [isOneOf("error_code", codes)] : [];
  const isOwned = owners ? [Prisma.sql`team_id IN (SELECT team_id FROM ${owners.table})`] : [];
  const instead = [isOfStatus, ...isOfCode, ...isOwned];
  const isDear = filter.errorText != null;
  return { all, oneOf, ...across, searched: { fits: [...searched, ...isNamed(filter)], by, isDear, instead, parts } };
}

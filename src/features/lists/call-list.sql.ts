import { hasErrorWords, hasMetadata, isCreatedWithin, isOneOf, isOneOfIds } from "../../db/filter-condition.js";
import { type Condition, type Filter, list } from "../../db/page.js";
import { LlmCallStatus, Prisma } from "../../generated/prisma/client.js";
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

/** What a filter says of a call, but for its status and the code of its error. */
const conditionsOf = (filter: LlmCallFilter): Condition[] => {
  const { teamIds, keyIds, modelGroups, models, jobTypes, metadataContains, errorText } = filter;
  return [
    ...isCreatedWithin(filter),
    ...(teamIds ? [isOneOf("team_id", teamIds)] : []),
    ...(keyIds ? [isOneOfIds("key_id", keyIds)] : []),
    ...(modelGroups ? [isOneOf("model_group", modelGroups)] : []),
    ...(models ? [isOneOf("model", models)] : []),
    ...(jobTypes
      ? [Prisma.sql`EXISTS (SELECT FROM jobs WHERE jobs.id = job_id AND ${isOneOf("jobs.job_type", jobTypes)})`]
      : []),
    ...(metadataContains ? [hasMetadata(metadataContains)] : []),
    ...(errorText == null ? [] : [hasErrorWords(errorText)]),
  ];
};

/** Calls of one status that were created in a span of time, from its start on and before its end. */
export interface CallSpan {
  readonly status: LlmCallStatus;
  /** Times as the database writes them, also "-infinity" and "infinity". */
  readonly start: string;
  readonly end: string;
}

/** What a filter lets through of calls in these spans. They are read span by span, and merged. */
export function fitsInSpans(filter: LlmCallFilter, all: readonly Condition[], spans: readonly CallSpan[]): Filter {
  const columns = [spans.map(({ status }) => status), spans.map(({ start }) => start), spans.map(({ end }) => end)];
  const [statuses, starts, ends] = columns;
  return {
    all: [...all, ...conditionsOf(filter)],
    across: {
      table: Prisma.sql`unnest(${statuses}::text[], ${starts}::timestamptz[], ${ends}::timestamptz[]) AS span(status, starts, ends)`,
      fits: Prisma.sql`status = span.status::llm_call_status AND created_at >= span.starts AND created_at < span.ends`,
    },
  };
}

/**
 * What a filter lets through beside the conditions of `all`. The calls of each status, or of each code of an error, have an
 * index in their order, so a list is read status by status, or code by code. Words of an error have an index of their own,
 * which is read once and for all of them, so that it is not read again for each.
 */
export function fits(filter: LlmCallFilter, all: readonly Condition[] = []): Filter {
  const conditions = [...all, ...conditionsOf(filter)];
  const statuses = [...new Set(filter.status ?? Object.values(LlmCallStatus))];
  const ofStatus = filter.status ? [isOneOf("status::text", statuses)] : [];
  if (filter.errorText != null) {
    const ofCode = filter.errorCodes ? [isOneOf("error_code", filter.errorCodes)] : [];
    return { all: [...conditions, ...ofStatus, ...ofCode] };
  }
  if (filter.errorCodes) {
    const oneOf = { values: [...new Set(filter.errorCodes)], fits: Prisma.sql`error_code = one.value` };
    return { all: [...conditions, ...ofStatus], oneOf };
  }
  return { all: conditions, oneOf: { values: statuses, fits: Prisma.sql`status = one.value::llm_call_status` } };
}

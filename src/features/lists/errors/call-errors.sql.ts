import { hasMetadata } from "../../../db/filter-condition.js";
import { type Filter, orderOf, rowsOf } from "../../../db/lists/list.js";
import { rowsById } from "../../../db/rows/rows-by-id.js";
import { statement } from "../../../db/statement.js";
import { Prisma } from "../../../generated/prisma/client.js";
import { calls } from "../../calls/call.sql.js";
import { isNamed, newestCalls, newestCallsOfTeam, type Owners, STATUSES_OF_ERRORS } from "../call-list.sql.js";
import type { LlmCallErrorFilter } from "./call-errors.input.js";

export const findLastCalls = statement(rowsById("find-last-calls", "llm_calls", calls.row));

export interface ErrorsWanted {
  readonly from: Date;
  readonly to: Date;
  readonly filter: LlmCallErrorFilter;
  readonly owners: Owners;
  readonly groupsMax: number;
}

/** What there is once, and beside it one group. There is one row without a group if nothing fits. */
export const errorGroupRow = {
  oldest: "timestamptz?",
  countedCalls: "int4?",
  groupCount: "int4?",
  errorCode: "text?",
  model: "text?",
  calls: "int4?",
  lastAt: "timestamptz?",
  lastCallId: "uuid?",
} as const;

export const errorCountRow = { count: "int4" } as const;

/** How many calls there are to look at, as far as a number. Only an index is read. */
export function errorCount(wanted: ErrorsWanted, callsMax: number): Prisma.Sql {
  const list = listOf(wanted);
  const ofEach = Prisma.sql`ORDER BY ${orderOf(list, list.table)} LIMIT ${callsMax}`;
  return Prisma.sql`SELECT count(*)::INTEGER AS count FROM (SELECT FROM ${rowsOf(list, rowsToRead(wanted), ofEach)} LIMIT ${callsMax}) AS counted`;
}

/** Groups of the calls with an error, of which no more than so many are read, no matter which. */
export const groupsOfAny = (wanted: ErrorsWanted, callsMax: number): Prisma.Sql =>
  groupsOf(wanted, Prisma.sql`${callsMax}`, Prisma.sql`LIMIT ${callsMax}`);

/**
 * Groups of the newest calls with an error. So many are read, an equal share of each team and each status, or error code, and
 * the newest of these are grouped.
 */
export function groupsOfNewest(wanted: ErrorsWanted, callsMax: number, readMax: number): Prisma.Sql {
  const teams = wanted.owners ? Prisma.sql`(SELECT count(*) FROM ${wanted.owners.table})` : Prisma.sql`1`;
  const share = Prisma.sql`(SELECT GREATEST(1, ${readMax}::bigint / GREATEST(1, ${teams} * ${oneOf(wanted).values.length}::bigint)))`;
  return groupsOf(wanted, share, Prisma.sql`ORDER BY part.created_at DESC, part.id DESC LIMIT ${callsMax}`);
}

/**
 * Calls are read in the order of an index, by team and status, or by error code. Names and metadata are looked at in those
 * only that were read, so that what is read is bounded.
 */
function groupsOf(wanted: ErrorsWanted, ofEach: Prisma.Sql, end: Prisma.Sql): Prisma.Sql {
  const { filter, groupsMax } = wanted;
  const list = listOf(wanted);
  const conditions = [
    Prisma.sql`error_code IS NOT NULL`,
    ...isNamed(filter),
    ...(filter.metadataContains ? [hasMetadata(filter.metadataContains)] : []),
  ];
  const looked = (found: Prisma.Sql) =>
    Prisma.sql`(SELECT id, error_code, model, created_at, (${Prisma.join(conditions, " AND ")}) IS TRUE AS fits FROM ${found} AS found)`;
  const endOfEach = Prisma.sql`ORDER BY ${orderOf(list, list.table)} LIMIT ${ofEach}`;
  return Prisma.sql`WITH looked AS MATERIALIZED (SELECT part.* FROM ${rowsOf(list, rowsToRead(wanted), endOfEach, looked)} ${end}),
      grouped AS (
        SELECT error_code, model, count(*)::INTEGER AS calls, max(created_at) AS last_at,
          (array_agg(id ORDER BY created_at DESC, id DESC))[1] AS last_call_id,
          (sum(count(*)) OVER ())::INTEGER AS counted_calls, (count(*) OVER ())::INTEGER AS group_count
        FROM looked WHERE fits GROUP BY error_code, model)
    SELECT oldest, grouped.* FROM (SELECT min(created_at) AS oldest FROM looked) AS all_looked LEFT JOIN grouped ON TRUE
    ORDER BY calls DESC, last_at DESC, error_code, model LIMIT ${groupsMax}`;
}

const listOf = ({ owners }: ErrorsWanted) => (owners ? newestCallsOfTeam : newestCalls);

const rowsToRead = (wanted: ErrorsWanted): Filter => ({
  all: [Prisma.sql`created_at >= ${wanted.from} AND created_at < ${wanted.to}`],
  oneOf: oneOf(wanted),
  ...(wanted.owners && { across: wanted.owners }),
});

function oneOf({ filter: { errorCodes } }: ErrorsWanted): NonNullable<Filter["oneOf"]> {
  return errorCodes
    ? { values: [...new Set(errorCodes)], fits: Prisma.sql`error_code = one.value` }
    : { values: STATUSES_OF_ERRORS, fits: Prisma.sql`status = one.value::llm_call_status` };
}

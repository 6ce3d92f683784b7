import { Prisma } from "../../../generated/prisma/client.js";
import { conditionsOf, cutOf, type UsageQuestion } from "./usage-report.sql.js";

/** The final states of a call, and the column of usage that counts each. */
const COUNT_OF = {
  SUCCEEDED: "successful_calls",
  FAILED: "failed_calls",
  CANCELLED: "cancelled_calls",
} as const;
export type FinalStatus = keyof typeof COUNT_OF;
export const FINAL_STATUSES = Object.keys(COUNT_OF) as FinalStatus[];

/** Hours of which one is wanted after the other, until there are enough. */
export interface HoursWanted {
  readonly reach: UsageQuestion["reach"];
  readonly fits: UsageQuestion["fits"];
  readonly statuses: readonly FinalStatus[];
  /** The first hour and the last one, both of which may be among them. */
  readonly from: Date;
  readonly to: Date;
  readonly isNewestFirst: boolean;
  readonly hoursMax: number;
}

/** `teamIds` is null if usage was asked for calls of any team, so that the teams of an hour are not looked up. */
export const callsOfHourRow = { start: "timestamptz", calls: "safeint", teamIds: "text[]?" } as const;

/**
 * Hours in which calls were created that fit, and how many of them are settled. They are looked for month by month, in the
 * months that have any day by day, and in the days that have any hour by hour, so that time without such calls costs little.
 * The loops go through them in order, and end when there are enough.
 */
export function callsByHour(wanted: HoursWanted): Prisma.Sql {
  const { statuses, from, to, isNewestFirst, hoursMax } = wanted;
  const question = { reach: wanted.reach, fits: wanted.fits, groupBy: [] };
  const cut = cutOf(question);
  const conditions = [...conditionsOf(question), ...ofTeamsThatExist(wanted.reach)];
  const rows = (span: string) =>
    Prisma.sql`FROM usage_rollups WHERE span = ${Prisma.raw(`'${span}'`)} AND cut = ${Prisma.raw(`'${cut}'`)} AND ${Prisma.join([Prisma.sql`TRUE`, ...conditions], " AND ")}`;
  const teamIds = Prisma.raw(cut === "WORK" ? "NULL::text[]" : "array_agg(DISTINCT team_id) FILTER (WHERE calls <> 0)");
  const calls = Prisma.raw(statuses.map((status) => COUNT_OF[status]).join(" + ") || "0");
  // The planner keeps a sub-select where it stands. An EXISTS may become a join, in another order.
  const hasAny = (span: string, start: string) =>
    Prisma.sql`(SELECT TRUE ${rows(span)} AND start = ${Prisma.raw(start)} AND calls <> 0 LIMIT 1)`;
  const series = (first: string, last: string, step: string) =>
    Prisma.raw(
      isNewestFirst
        ? `generate_series(${last}, ${first}, interval '-${step}')`
        : `generate_series(${first}, ${last}, interval '${step}')`,
    );
  return Prisma.sql`SELECT hour.start, counted.calls, counted.team_ids
    FROM (VALUES (date_trunc('hour', ${from}::timestamptz), date_trunc('hour', ${to}::timestamptz))) AS wanted(first, last)
    CROSS JOIN LATERAL ${series("date_trunc('month', wanted.first)", "date_trunc('month', wanted.last)", "1 month")} AS month(start)
    CROSS JOIN LATERAL ${series("month.start", "month.start + interval '1 month' - interval '1 day'", "1 day")} AS day(start)
    CROSS JOIN LATERAL ${series("day.start", "day.start + interval '23 hours'", "1 hour")} AS hour(start)
    CROSS JOIN LATERAL (SELECT COALESCE(sum(${calls}), 0)::bigint AS calls, ${teamIds} AS team_ids ${rows("HOUR")} AND start = hour.start) AS counted
    WHERE ${hasAny("MONTH", "month.start")} AND ${hasAny("DAY", "day.start")} AND hour.start BETWEEN wanted.first AND wanted.last
      AND counted.calls > 0
    LIMIT ${hoursMax}`;
}

/** Usage keeps the teams that an organization has deleted. Its lists do not. The array is made once, and not for each row. */
const ofTeamsThatExist = (reach: HoursWanted["reach"]): Prisma.Sql[] =>
  reach.kind === "organization"
    ? [
        Prisma.sql`team_id = ANY (ARRAY(SELECT id FROM teams WHERE organization_id = ${reach.organizationId} AND status <> 'DELETED'))`,
      ]
    : [];

/** The first hour in which a call was created. There is no row if none is counted yet. */
export const FIRST_HOUR = Prisma.sql`SELECT start FROM usage_rollups WHERE span = 'HOUR' AND cut = 'WORK' ORDER BY start LIMIT 1`;
export const firstHourRow = { start: "timestamptz" } as const;

import { statement } from "../../db/statement.js";

// What a team has spent in jobs that it may not pay for, as parts of statements: in jobs that ended unpaid today, and in
// jobs that are open, because each of them may end unpaid.

/**
 * So many open jobs of a team are added up, the dearest first by the digits of their cost, so that the price of it is
 * bounded. Each of the others has cost less than ten times as much as the cheapest of these.
 */
const OPEN_JOBS_MAX = 10_000;

/** Of a bigint. */
const DIGITS_MAX = 19;

const TODAY = "(tollgate_now() AT TIME ZONE 'UTC')::date";

/** The limit that holds for a row of `teams` now. Null if there is none. */
const LIMIT =
  "CASE WHEN unpaid_raised_until > tollgate_now() THEN unpaid_raised_nano_usd ELSE unpaid_nano_usd_per_day END";

/** What jobs of a team have cost that ended unpaid today. `team` is SQL of its id. */
const endedUnpaid = (team: string): string =>
  `(SELECT COALESCE(sum(cost_nano_usd), 0) FROM unpaid_costs WHERE team_id = ${team} AND day = ${TODAY})`;

/**
 * The digits of what a job has cost, in nano-dollars: 0 if it is nothing. The index of open jobs has these and not the cost,
 * because each change of what an index has is a new entry in all indexes of the job.
 */
export const digitsOf = (costNanoUsd: string): string =>
  `CASE WHEN ${costNanoUsd} > 0 THEN length((${costNanoUsd})::text) ELSE 0 END`;

/**
 * What the open jobs of a team have cost so far. They are found in the index jobs_open_cost_idx, number of digits by number
 * of digits: PostgreSQL would read and sort all of them for an ORDER BY.
 */
const openCost = (team: string): string =>
  `(SELECT COALESCE(sum(cost_nano_usd), 0) FROM (
      SELECT cost_nano_usd FROM generate_series(${DIGITS_MAX}, 1, -1) AS digits CROSS JOIN LATERAL (
        SELECT cost_nano_usd FROM jobs WHERE team_id = ${team} AND completed_at IS NULL AND cost_digits > 0 AND cost_digits = digits
        LIMIT ${OPEN_JOBS_MAX}) AS of_digits
      LIMIT ${OPEN_JOBS_MAX}) AS dearest)`;

/** `unpaid`: those of some teams that have a limit of unpaid cost, each with that and with what counts towards it. */
export const unpaidCosts = (teamIds: string): string => `unpaid AS MATERIALIZED (
      SELECT id AS team_id, most, unpaid_is_enforced AS is_enforced, ${endedUnpaid("limited.id")} AS ended_cost, ${openCost("limited.id")} AS open_cost
      FROM (SELECT id, unpaid_is_enforced, ${LIMIT} AS most FROM teams WHERE id = ANY (ARRAY(${teamIds}))) AS limited
      WHERE most IS NOT NULL
    )`;

/**
 * What the job of a call has cost beyond what `unpaid` has counted. It is above 0 if a call of the job was settled while
 * this statement waited for the job's lock. `job` is the alias of its locked row, with cost_so_far.
 */
export const costSinceCounted = (job: string): string =>
  `COALESCE(${job}.cost_so_far - (SELECT cost_nano_usd FROM jobs WHERE jobs.id = ${job}.id), 0)`;

/** What counts towards the limits of unpaid cost of teams, whether they have one or not. */
export const findUnpaidCosts = statement({
  name: "find-unpaid-costs",
  params: { teamIds: "text[]" },
  text: `SELECT id AS team_id, LEAST(${endedUnpaid("teams.id")} + ${openCost("teams.id")}, 9223372036854775807)::bigint AS cost_nano_usd
    FROM teams WHERE id = ANY($1)`,
  row: { teamId: "text", costNanoUsd: "int8?" },
});

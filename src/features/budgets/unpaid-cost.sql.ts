import { statement } from "../../db/statement.js";

// What a team has spent in jobs that it may not pay for, as parts of statements: in jobs that ended unpaid today, and in
// jobs that are open, because each of them may end unpaid.

/**
 * So many open jobs of a team are added up, the dearest first, so that the price of it is bounded. Each of the others has
 * cost no more than the cheapest of these.
 */
const OPEN_JOBS_MAX = 10_000;

const TODAY = "(tollgate_now() AT TIME ZONE 'UTC')::date";

/** The limit that holds for a row of `teams` now. Null if there is none. */
const LIMIT =
  "CASE WHEN unpaid_raised_until > tollgate_now() THEN unpaid_raised_nano_usd ELSE unpaid_nano_usd_per_day END";

/** What jobs of a team have cost that ended unpaid today. `team` is SQL of its id. */
const endedUnpaid = (team: string): string =>
  `(SELECT COALESCE(sum(cost_nano_usd), 0) FROM unpaid_costs WHERE team_id = ${team} AND day = ${TODAY})`;

/** What the open jobs of a team have cost so far. The index jobs_open_cost_idx has them. */
const openCost = (team: string): string =>
  `(SELECT COALESCE(sum(cost_nano_usd), 0) FROM (SELECT cost_nano_usd FROM jobs WHERE team_id = ${team}
      AND completed_at IS NULL AND cost_nano_usd > 0 ORDER BY cost_nano_usd DESC LIMIT ${OPEN_JOBS_MAX}) AS dearest)`;

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

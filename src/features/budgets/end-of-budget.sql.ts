import { grantedInTurn } from "./budget.sql.js";

const INT8_MAX = 9_223_372_036_854_775_807n;

// The ends of jobs, as parts of a statement that has locked their rows and their balances.

/**
 * The order in which jobs of a team end in one statement: first those that give back what they hold, so that the others
 * can take it. `status` is SQL of the outcome, and `id` the job's.
 */
export const endsInOrder = (status: string, id: string): string =>
  `(CASE ${status} WHEN 'COMPLETED' THEN '1' ELSE '0' END) || ${id}`;

/**
 * Columns of a row that ends a job: what it takes (`taken`), how much of that it does not hold (`wanted`), what it gives back
 * (`released`), and what its calls have cost (`spent`). `job` is the alias of its locked row, with held_credits, taken and cost.
 */
export const takenAtEnd = (status: string, job: string): string =>
  `CASE ${status} WHEN 'COMPLETED' THEN ${job}.taken ELSE 0 END AS taken,
        CASE ${status} WHEN 'COMPLETED' THEN GREATEST(0, ${job}.taken - ${job}.held_credits) ELSE 0 END AS wanted,
        CASE ${status} WHEN 'COMPLETED' THEN 0 ELSE ${job}.held_credits END AS released, ${job}.cost AS spent`;

/** The credits that a completed job takes: as much of `taken` as it holds or is granted. */
const POSTED = "LEAST(taken, job_held_before + granted)";

/**
 * The rows of `rows`, with what their balances allow: `posted`, which a job takes as far as it holds that or the team has it
 * available, and `held_credits`, which is `change` for an end, and for the growth of a hold as much as there is. So a
 * balance never falls below zero, and what calls in flight have cost beyond it is not charged. `unpaid` is what the calls of
 * a job have cost that ends and does not pay for them: all of it, or the part beyond what it takes, rounded up.
 */
export const withinBalances = (rows: string): string =>
  `SELECT in_turn.*, CASE kind WHEN 'HOLD' THEN granted ELSE change END AS held_credits,
        CASE kind WHEN 'POST' THEN ${POSTED} ELSE 0 END AS posted,
        CASE kind WHEN 'POST' THEN spent - div(spent::numeric * ${POSTED}, taken) WHEN 'HOLD' THEN 0 ELSE spent END AS unpaid
      FROM (SELECT ${rows}.*, ${grantedInTurn(rows, `available + sum(released) OVER (PARTITION BY ${rows}.team_id)`)} AS granted
        FROM ${rows} JOIN balances ON account_id = ${rows}.team_id) AS in_turn
      WHERE kind <> 'HOLD' OR granted > 0`;

/** The same for jobs that cost one credit, which each of them holds. */
export const ofOneCredit = (rows: string): string =>
  `SELECT *, change AS held_credits, CASE kind WHEN 'POST' THEN 1 ELSE 0 END AS posted,
        CASE kind WHEN 'POST' THEN 0 ELSE spent END AS unpaid FROM ${rows}`;

/**
 * `unpaid`: adds up, for each team and day, what the calls of jobs cost that end and do not pay for them. `ends` is the name
 * of rows with team_id and unpaid.
 */
export const noteUnpaidCosts = (ends: string): string => `unpaid AS (
      INSERT INTO unpaid_costs (team_id, day, cost_nano_usd)
      SELECT team_id, (tollgate_now() AT TIME ZONE 'UTC')::date, LEAST(sum(unpaid), ${INT8_MAX})::bigint FROM ${ends}
      WHERE unpaid > 0 GROUP BY team_id
      ON CONFLICT (team_id, day) DO UPDATE
        SET cost_nano_usd = LEAST(unpaid_costs.cost_nano_usd::numeric + EXCLUDED.cost_nano_usd, ${INT8_MAX})::bigint
    )`;

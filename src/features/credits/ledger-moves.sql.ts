/**
 * Parts of a statement that moves the credits of many jobs at once. The statement names them in its WITH clause: first it
 * locks the balances, then it decides what is moved, then it moves.
 */

/**
 * `balances`: the balances of teams, locked in the order of their ids until the transaction ends. `teamIds` is SQL that
 * selects the ids. `after` is SQL of a condition that must have been read first, so that locks are taken in one order.
 */
export const lockedBalances = (teamIds: string, after: string): string => `balances AS MATERIALIZED (
      SELECT * FROM credit_balances WHERE ${after} AND account_id = ANY (ARRAY(${teamIds})) ORDER BY account_id FOR NO KEY UPDATE
    )`;

/** The columns of a source's row that opens a job. */
export const FIRST_HOLD = "'HOLD' AS kind, 1 AS held_credits, 0 AS posted, 0 AS job_held_before, 1 AS job_sequence";

/**
 * The columns of a row that ends a job, with the `change` of what it holds. `status` is SQL of its outcome; `job` is the alias of
 * its locked row, with held_credits and entry_count.
 */
export const endOfHold = (status: string, job: string): string =>
  `CASE ${status} WHEN 'COMPLETED' THEN 'POST' WHEN 'EXPIRED' THEN 'EXPIRE' ELSE 'VOID' END AS kind,
        -${job}.held_credits AS change, ${job}.held_credits AS job_held_before, ${job}.entry_count + 1 AS job_sequence`;

/** What becomes of the credit columns of a job's row when it ends, by its row of `movements`. */
export const SET_ENDED_CREDITS =
  "held_credits = 0, entry_count = movements.job_sequence, posted_credits = movements.posted";

/** Columns that say what a row of `movements` did: its kind, and how many credits it held, took or gave back. */
export const MOVED =
  "movements.kind AS moved_as, CASE movements.kind WHEN 'POST' THEN movements.posted ELSE abs(movements.held_credits) END AS moved_credits";

/**
 * `movements`: an entry for each row of `source`, a part that has team_id, job_id, entry_id, kind (HOLD, POST, VOID or
 * EXPIRE), held_credits (the signed change of what the job holds), posted (the credits that it takes), job_held_before,
 * job_sequence, actor and ord, the order within a team. Each entry starts from where the one before it ended. The entries
 * and the balances are written. A balance is reckoned from its locked row alone: the row that UPDATE sees may be older,
 * and PostgreSQL checks the constraints of what that would become before it looks for the newest. The database refuses all
 * of it if a balance would fall below zero, or if an entry does not follow the last one of its job.
 */
export const moveCreditsOf = (source: string): string => `movements AS (
      SELECT moving.*, balances.last_sequence + row_number() OVER in_order AS sequence, allocated,
        balances.available + sum(credits) OVER in_order AS available_after, balances.held + sum(held_credits) OVER in_order AS held_after
      FROM (SELECT *, -(held_credits + posted) AS credits FROM ${source}) AS moving JOIN balances ON account_id = moving.team_id
      WINDOW in_order AS (PARTITION BY account_id ORDER BY ord)
    ), entries AS (
      INSERT INTO credit_entries (id, account_id, sequence, kind, credits, held_credits, available_after, held_after, allocated_after,
        previous_sequence, available_before, held_before, allocated_before, job_id, job_sequence, previous_job_sequence, job_held_before,
        job_held_after, actor, created_at)
      SELECT entry_id, team_id, sequence, kind::credit_entry_kind, credits, held_credits, available_after, held_after, allocated,
        NULLIF(sequence - 1, 0), available_after - credits, held_after - held_credits, allocated, job_id, job_sequence,
        NULLIF(job_sequence - 1, 0), job_held_before, job_held_before + held_credits, actor, tollgate_now()
      FROM movements
    ), moved AS (
      UPDATE credit_balances AS balance SET available = balances.available + credits, held = balances.held + held_credits,
        used = balances.used + posted, allocated = balances.allocated, last_sequence = balances.last_sequence + count
      FROM (SELECT team_id, sum(credits)::integer AS credits, sum(held_credits)::integer AS held_credits,
          sum(posted)::integer AS posted, count(*)::integer AS count FROM movements GROUP BY team_id) AS sums
        JOIN balances ON account_id = sums.team_id
      WHERE balance.account_id = sums.team_id
    )`;

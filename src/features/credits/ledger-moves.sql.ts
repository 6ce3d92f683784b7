/**
 * Parts of a statement that moves the credits of many jobs at once. The statement names them in its WITH clause: first it
 * locks the balances, then it decides what is moved, then it moves.
 */

/**
 * `balances`: the balances of teams, locked in the order of their ids until the transaction ends. `teamIds` is SQL that
 * selects the ids. `after` is SQL of a condition that must have been read first, so that locks are taken in one order.
 */
export const lockedBalances = (teamIds: string, after: string): string => `balances AS MATERIALIZED (
      SELECT * FROM credit_balances WHERE ${after} AND team_id = ANY (ARRAY(${teamIds})) ORDER BY team_id FOR NO KEY UPDATE
    )`;

/**
 * `movements`: an entry for each row of `source`, a part that has team_id, job_id, entry_id, kind (HOLD, POST, VOID or
 * EXPIRE), actor and ord, the order within a team. Each entry starts from where the one before it ended. The entries and
 * the balances are written. A balance is reckoned from its locked row alone: the row that UPDATE sees may be older, and
 * PostgreSQL checks the constraints of what that would become before it looks for the newest. The database refuses all of
 * it if a balance would fall below zero, if a job is held twice, or if a hold is resolved twice.
 */
export const moveCreditsOf = (source: string): string => `movements AS (
      SELECT moving.*, balances.last_sequence + row_number() OVER in_order AS sequence,
        balances.available + sum(credits) OVER in_order AS available_after, balances.held + sum(held_credits) OVER in_order AS held_after
      FROM (SELECT *, CASE kind WHEN 'HOLD' THEN -1 WHEN 'POST' THEN 0 ELSE 1 END AS credits,
          CASE kind WHEN 'HOLD' THEN 1 ELSE -1 END AS held_credits FROM ${source}) AS moving JOIN balances USING (team_id)
      WINDOW in_order AS (PARTITION BY team_id ORDER BY ord)
    ), entries AS (
      INSERT INTO credit_entries (id, team_id, sequence, kind, credits, held_credits, available_after, held_after,
        previous_sequence, available_before, held_before, job_id, hold_entry_id, actor, created_at)
      SELECT entry_id, team_id, sequence, kind::credit_entry_kind, credits, held_credits, available_after, held_after,
        NULLIF(sequence - 1, 0), available_after - credits, held_after - held_credits, job_id,
        (SELECT id FROM credit_entries AS hold WHERE hold.job_id = movements.job_id AND hold.kind = 'HOLD'), actor, tollgate_now()
      FROM movements
    ), moved AS (
      UPDATE credit_balances AS balance SET available = balances.available + credits, held = balances.held + held_credits,
        used = balances.used + posted, allocated = balances.allocated, last_sequence = balances.last_sequence + count
      FROM (SELECT team_id, sum(credits)::integer AS credits, sum(held_credits)::integer AS held_credits,
          count(*) FILTER (WHERE kind = 'POST')::integer AS posted, count(*)::integer AS count FROM movements GROUP BY team_id) AS sums
        JOIN balances USING (team_id)
      WHERE balance.team_id = sums.team_id
    )`;

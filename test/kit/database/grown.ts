import type { Db } from "../../../src/db/client.js";
import type { TestTeam } from "../world.js";

export interface Growth {
  readonly jobs: number;
  /** Each twentieth job has ended so. The others are COMPLETED. */
  readonly failedAs: "FAILED" | "CANCELLED";
  /** How old the newest of them is. They are a second apart. */
  readonly newestHoursAgo: number;
}

/**
 * Gives a team that has been granted credits, and nothing else, many jobs of one call each. The ledger is as sound as if
 * they had been worked on.
 */
export async function growTeam(db: Db, { id: teamId }: TestTeam, growth: Growth): Promise<void> {
  const { jobs, failedAs, newestHoursAgo } = growth;
  await db.$executeRawUnsafe("SET session_replication_role = replica");
  await db.$executeRawUnsafe(
    `INSERT INTO jobs (id, team_id, job_type, status, created_at, started_at, completed_at, expires_at, total_calls, successful_calls,
        credit_applied, posted_credits, held_credits, entry_count, credits_remaining)
      SELECT gen_random_uuid(), $1, 'common', CASE WHEN number % 20 = 0 THEN $3 ELSE 'COMPLETED' END::job_status,
        at, at, at, at, 1, 1, number % 20 <> 0, (number % 20 <> 0)::integer, 0, 2, 0
      FROM generate_series(1, $2::int4) AS number, LATERAL (SELECT now() - $4::int4 * interval '1 hour' - ($2::int4 - number) * interval '1 s') AS time (at)`,
    teamId,
    jobs,
    failedAs,
    newestHoursAgo,
  );
  await db.$executeRawUnsafe(
    `INSERT INTO llm_calls (id, job_id, team_id, status, model_group, content, latency_ms, created_at, finished_at, error_code, error_message)
      SELECT gen_random_uuid(), id, team_id, CASE WHEN failed THEN 'FAILED' ELSE 'SUCCEEDED' END::llm_call_status, 'grown', 'An answer.', 1,
        created_at, created_at, CASE WHEN failed THEN 'UPSTREAM_FAILED' END, CASE WHEN failed THEN 'The upstream failed.' END
      FROM (SELECT *, status <> 'COMPLETED' AS failed FROM jobs WHERE team_id = $1) AS ended`,
    teamId,
  );
  await db.$executeRawUnsafe(
    `INSERT INTO responses (call_id, team_id, input, asked, bytes, created_at)
      SELECT id, team_id, '[]', '{}', 4, created_at FROM llm_calls WHERE team_id = $1`,
    teamId,
  );
  await db.$executeRawUnsafe(
    `INSERT INTO credit_entries (id, account_id, sequence, kind, credits, held_credits, available_after, held_after, allocated_after,
        previous_sequence, available_before, held_before, allocated_before, job_id, job_sequence, previous_job_sequence,
        job_held_before, job_held_after, actor, created_at)
      SELECT gen_random_uuid(), $1, sequence, kind::credit_entry_kind, credits, held, before + credits, 1 - isEnd, allocated,
        sequence - 1, before, isEnd, allocated, id, 1 + isEnd, NULLIF(isEnd, 0), isEnd, 1 - isEnd, 'gateway', created_at
      FROM (
        SELECT *, row_number() OVER in_order AS number, allocated - count(*) FILTER (WHERE taken) OVER in_order AS rest
        FROM (SELECT jobs.*, status = 'COMPLETED' AS taken, allocated FROM jobs JOIN credit_balances USING (team_id) WHERE team_id = $1) AS ended
        WINDOW in_order AS (ORDER BY created_at, id ROWS UNBOUNDED PRECEDING)
      ) AS numbered, LATERAL (VALUES
        (0, 2 * number, 'HOLD', -1, 1, rest + taken::integer),
        (1, 2 * number + 1, CASE WHEN taken THEN 'POST' ELSE 'VOID' END, CASE WHEN taken THEN 0 ELSE 1 END, -1, rest + taken::integer - 1)
      ) AS entry (isEnd, sequence, kind, credits, held, before)`,
    teamId,
  );
  await db.$executeRawUnsafe(
    `UPDATE credit_balances SET last_sequence = sequence, available = available_after, used = allocated - available_after
      FROM credit_entries WHERE credit_entries.account_id = $1 AND credit_balances.account_id = $1 AND sequence = 2 * $2::int4 + 1`,
    teamId,
    jobs,
  );
  await db.$executeRawUnsafe("SET session_replication_role = DEFAULT");
  await db.$executeRawUnsafe("VACUUM ANALYZE");
}

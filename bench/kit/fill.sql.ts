import type { Client } from "pg";

/** How many calls each job has. */
export const CALLS_OF_JOB = 10;
const DAYS = 60;

/**
 * Fills the history of a team, which has been granted its credits and has no job yet: jobs of ten calls, spread over 60
 * days until now, all ended: 92 % as COMPLETED, 5 % as FAILED, 3 % as CANCELLED. The first call of each job has a failed
 * attempt before its answer. Contents of the first 30 days are no longer kept. It skips foreign keys and triggers to save
 * time, and satisfies them nevertheless.
 */
export async function fill(client: Client, team: string, jobs: number): Promise<void> {
  const settings = "SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '256MB'";
  await client.query(settings);
  await client.query("CREATE TEMP TABLE filled (LIKE jobs INCLUDING DEFAULTS)");
  for (const text of [JOBS, MOVE]) await client.query(text, text === JOBS ? [team, jobs] : []);
  for (const text of [CALLS, ATTEMPTS, ENTRIES, BALANCE]) await client.query(text, text === ATTEMPTS ? [] : [team]);
  await client.query("DROP TABLE filled; RESET session_replication_role; RESET synchronous_commit; RESET work_mem");
}

const JOBS = `INSERT INTO filled (id, team_id, job_type, status, created_at, started_at, completed_at, expires_at,
    total_calls, successful_calls, prompt_tokens, completion_tokens, cost_nano_usd, failed_attempts_cost_nano_usd,
    latency_ms_total, credit_applied, posted_credits, held_credits, entry_count, credits_remaining)
  SELECT gen_random_uuid(), $1, 'type-' || number % 7, status, at, at, at + interval '20 s', at + interval '1 day',
    ${CALLS_OF_JOB}, ${CALLS_OF_JOB}, ${CALLS_OF_JOB} * 120, ${CALLS_OF_JOB} * 60, ${CALLS_OF_JOB} * 54000, 0,
    ${CALLS_OF_JOB} * 900, status = 'COMPLETED', (status = 'COMPLETED')::int4, 0, 2, 1000
  FROM (SELECT number, now() - interval '${DAYS} days' * (1 - number::float8 / ($2::int4 + 1)) AS at,
      (CASE WHEN number % 100 < 92 THEN 'COMPLETED' WHEN number % 100 < 97 THEN 'FAILED' ELSE 'CANCELLED' END)::job_status AS status
    FROM generate_series(1, $2::int4) AS number) AS numbered`;

const MOVE = "INSERT INTO jobs SELECT * FROM filled";

const CALLS = `INSERT INTO llm_calls (id, job_id, status, model_group, model, provider, content, finish_reason, prompt_tokens,
    completion_tokens, usage_source, cost_nano_usd, cost_source, latency_ms, created_at, finished_at)
  SELECT gen_random_uuid(), filled.id, 'SUCCEEDED', 'ChatFast', 'gpt-4o-mini', 'openai-compatible',
    CASE WHEN filled.created_at > now() - interval '${DAYS / 2} days' THEN repeat('The answer of call ' || number || '. ', 12) END,
    'stop', 120, 60, 'REPORTED', 54000, 'PRICE_TABLE', 900, filled.created_at + number * interval '1 s',
    filled.created_at + number * interval '1 s' + interval '900 ms'
  FROM filled, generate_series(1, ${CALLS_OF_JOB}) AS number WHERE team_id = $1`;

const ATTEMPTS = `INSERT INTO llm_call_attempts (call_id, number, model, provider, status, error_kind, started_at, first_token_at,
    ended_at, prompt_tokens, completion_tokens, usage_source, cost_nano_usd, cost_source)
  SELECT calls.id, number, CASE number WHEN last THEN model ELSE 'gpt-4o' END, provider,
    (CASE number WHEN last THEN 'SUCCEEDED' ELSE 'FAILED' END)::llm_call_status,
    CASE number WHEN last THEN NULL ELSE 'rate-limited' END, created_at, CASE number WHEN last THEN created_at END, finished_at,
    CASE number WHEN last THEN prompt_tokens END, CASE number WHEN last THEN completion_tokens END,
    CASE number WHEN last THEN usage_source END, CASE number WHEN last THEN cost_nano_usd END,
    CASE number WHEN last THEN cost_source END
  FROM (SELECT llm_calls.*, CASE WHEN llm_calls.created_at = filled.created_at + interval '1 s' THEN 2 ELSE 1 END AS last
      FROM llm_calls JOIN filled ON filled.id = job_id) AS calls, generate_series(1, last) AS number`;

const ENTRIES = `WITH history AS (
    SELECT id, status = 'COMPLETED' AS posted, created_at, completed_at,
      row_number() OVER (ORDER BY created_at, id)::int4 AS number,
      count(*) FILTER (WHERE status = 'COMPLETED') OVER (ORDER BY created_at, id)::int4 AS charged
    FROM filled),
  steps AS (
    SELECT history.*, step, last_sequence + 2 * number + step - 1 AS sequence,
      available - (charged - posted::int4) - step AS before, allocated
    FROM history, generate_series(0, 1) AS step, credit_balances WHERE team_id = $1)
  INSERT INTO credit_entries (id, account_id, sequence, kind, credits, held_credits, available_after, held_after, allocated_after,
    previous_sequence, available_before, held_before, allocated_before, job_id, job_sequence, previous_job_sequence,
    job_held_before, job_held_after, actor, created_at)
  SELECT gen_random_uuid(), $1, sequence,
    (CASE WHEN step = 0 THEN 'HOLD' WHEN posted THEN 'POST' ELSE 'VOID' END)::credit_entry_kind,
    CASE WHEN step = 0 THEN -1 WHEN posted THEN 0 ELSE 1 END, 1 - 2 * step,
    before + CASE WHEN step = 0 THEN -1 WHEN posted THEN 0 ELSE 1 END, 1 - step, allocated,
    sequence - 1, before, step, allocated, id, 1 + step, NULLIF(step, 0), step, 1 - step, 'gateway', CASE step WHEN 0 THEN created_at ELSE completed_at END
  FROM steps`;

const BALANCE = `UPDATE credit_balances SET available = last.available_after, used = last.used, last_sequence = last.sequence
  FROM (SELECT sequence, available_after, (SELECT count(*) FROM filled WHERE status = 'COMPLETED') AS used
      FROM credit_entries WHERE account_id = $1 ORDER BY sequence DESC LIMIT 1) AS last
  WHERE team_id = $1`;

/** Returns the ids of the team's newest jobs. */
export async function newestJobsOf(client: Client, team: string, count: number): Promise<string[]> {
  const newest = "SELECT id FROM jobs WHERE team_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
  const { rows } = await client.query<{ id: string }>(newest, [team, count]);
  return rows.map(({ id }) => id);
}

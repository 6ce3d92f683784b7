/** What runs SQL: a client of `pg`, or anything like it. */
export interface SqlClient {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

export interface RandomWork {
  readonly jobs: number;
  /** The jobs are spread over so many days until `until`. */
  readonly days: number;
  readonly until: Date;
  readonly organizations: number;
  readonly teams: number;
}

/**
 * Fills an empty database with organizations, teams with two keys each, and random jobs: open ones and ended ones of each
 * kind, a third of them of one call, the others of up to ten calls, some of which fell back to another model, failed, run
 * still, or have no attempts, as an older version of the gateway left them. Two in five have metadata, and what failed
 * has an error message; both have something common, rarer things, and what only one day has. There is no ledger. Foreign
 * keys and the other triggers are skipped, and those that feed usage are not.
 */
export async function addRandomWork(client: SqlClient, work: RandomWork): Promise<void> {
  const { jobs, days, until, organizations, teams } = work;
  // Nobody counts a call before its attempts are there.
  await client.query("BEGIN");
  await client.query("SET LOCAL session_replication_role = replica");
  await client.query("SELECT setseed(0.5)");
  for (const [table, trigger] of FEEDERS) await client.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`);
  await client.query(ORGANIZATIONS, [organizations]);
  await client.query(TEAMS, [organizations, teams]);
  await client.query(KEYS);
  await client.query(JOBS, [jobs, days, until, teams]);
  for (const text of [DRAWN_CALLS, DRAWN_ATTEMPTS, CALLS, ATTEMPTS, "DROP TABLE drawn_calls, drawn_attempts"])
    await client.query(text);
  for (const [table, trigger] of FEEDERS) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
  await client.query("COMMIT");
  await client.query("ANALYZE");
}

const FEEDERS = [
  ["llm_calls", "llm_calls_inserted_usage"],
  ["jobs", "jobs_inserted_usage"],
];

const ORGANIZATIONS = `INSERT INTO organizations (id, name, created_at, updated_at)
  SELECT 'org-' || number, 'Organization', now(), now() FROM generate_series(0, $1::int4 - 1) AS number`;

const TEAMS = `INSERT INTO teams (id, organization_id, alias, created_at, updated_at, markup_millionths)
  SELECT 'team-' || number, 'org-' || number % $1::int4, 'Team', now(), now(), number % 3 * 125001 FROM generate_series(0, $2::int4 - 1) AS number`;

const KEYS = `INSERT INTO virtual_keys (id, team_id, prefix, secret_hash, created_at)
  SELECT md5(id || number)::uuid, id, 'sk-', sha256((id || number)::bytea), now() FROM teams, generate_series(1, 2) AS number`;

/** Of a row with `id` and `created_at`. The id of a row decides, so that nothing else of the work is drawn in another way. */
const NUMBER = "('x' || right(id::text, 7))::bit(28)::int4";
const DAY = "to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')";
const METADATA = `CASE WHEN ${NUMBER} % 5 < 2 THEN jsonb_build_object('tier', 'common', 'customer', 'customer-' || ${NUMBER} % 97,
    'ticket', ${NUMBER} % 19997, 'day', ${DAY}) ELSE '{}' END`;
const ERROR_MESSAGE = `CASE WHEN status = 'FAILED' THEN 'The upstream failed on ' || ${DAY} || ' with ticket t' || ${NUMBER} % 19997
    || (ARRAY[': it is overloaded.', ': there is no connection.', '.'])[1 + ${NUMBER} % 3] END`;

/** Each team has three types of jobs and two model groups. Some jobs have no key, as older versions left them. */
const JOBS = `INSERT INTO jobs (id, team_id, key_id, job_type, status, of_one_call, created_at, started_at, completed_at, expires_at,
    held_credits, entry_count, posted_credits, credit_applied, credits_remaining, markup_millionths, credit_price_nano_usd, metadata, error_message)
  SELECT work.*, ${METADATA}, ${ERROR_MESSAGE} FROM (SELECT gen_random_uuid() AS id, 'team-' || team AS team_id, CASE WHEN random() < 0.95 THEN md5('team-' || team || 1 + (random() < 0.3)::int4)::uuid END,
    'type-' || (team + floor(random() * 3)::int4) % 7, status, of_one_call, at AS created_at, at, ended_at, at + interval '1 day', CASE WHEN is_open THEN 1 ELSE 0 END,
    CASE WHEN is_open THEN 1 ELSE 2 END, CASE status WHEN 'COMPLETED' THEN 1 + floor(random() * 3)::int4 ELSE 0 END, status = 'COMPLETED',
    CASE WHEN NOT is_open THEN 9 END, team % 3 * 125001, CASE WHEN team % 4 > 0 THEN 500000000 + team END
  FROM (SELECT number, floor(random() * $4::int4)::int4 AS team, random() < 0.33 AS of_one_call,
      $3::timestamptz - random() * $2::int4 * interval '1 day' AS at, random() AS luck, random() * 5000 AS seconds
    FROM generate_series(1, $1::int4) AS number) AS numbered
  CROSS JOIN LATERAL (SELECT (CASE WHEN luck < 0.85 THEN 'COMPLETED' WHEN luck < 0.92 THEN 'FAILED' WHEN luck < 0.95 THEN 'CANCELLED'
    WHEN luck < 0.97 OR of_one_call THEN 'EXPIRED' ELSE 'IN_PROGRESS' END)::job_status AS status) AS outcome
  CROSS JOIN LATERAL (SELECT status = 'IN_PROGRESS' AS is_open, CASE WHEN status <> 'IN_PROGRESS' THEN at + seconds * interval '1 s' END AS ended_at) AS ending) AS work`;

const DRAWN_CALLS = `CREATE TEMP TABLE drawn_calls AS SELECT gen_random_uuid() AS id, calls.*, model_group + tries - 1 AS last_model,
    CASE WHEN of_one_call THEN ended_at WHEN status <> 'RUNNING' THEN created_at + latency * interval '1 ms' END AS finished_at
  FROM (
    SELECT jobs.id AS job_id, team_id, key_id, markup_millionths, of_one_call, completed_at AS ended_at, random() AS luck,
      right(team_id, 1)::int4 % 4 + (random() < 0.3)::int4 AS model_group, CASE WHEN random() < 0.06 THEN 2 WHEN random() < 0.02 THEN 3 ELSE 1 END AS tries,
      (exp(5 + 4 * random()) * (1 + (random() < 0.02)::int4 * 99))::int4 AS latency,
      (CASE WHEN jobs.status = 'IN_PROGRESS' AND number = 1 THEN 'RUNNING' WHEN random() < 0.94 THEN 'SUCCEEDED' WHEN random() < 0.7 THEN 'FAILED'
        ELSE 'CANCELLED' END)::llm_call_status AS status,
      CASE WHEN of_one_call THEN jobs.created_at ELSE jobs.created_at + random() * COALESCE(completed_at - jobs.created_at, interval '1 hour') END AS created_at
    FROM jobs, generate_series(1, CASE WHEN of_one_call THEN 1 ELSE 1 + ('x' || right(jobs.id::text, 2))::bit(8)::int4 % 10 END) AS number
  ) AS calls`;

/** A call whose model differs from the first of its group has asked those before it. */
const DRAWN_ATTEMPTS = `CREATE TEMP TABLE drawn_attempts AS SELECT id AS call_id, number, model, is_last, created_at,
    CASE WHEN is_last THEN status ELSE 'FAILED' END AS status, tokens, CASE WHEN cost IS NULL THEN 'UNPRICED' ELSE 'PRICE_TABLE' END::cost_source AS cost_source, cost
  FROM drawn_calls CROSS JOIN LATERAL generate_series(1, tries) AS number
    CROSS JOIN LATERAL (SELECT number = tries AS is_last, 'model-' || (model_group + number - 1) % 6 AS model, 50 + floor(random() * 3000 * number / number)::int8 AS tokens) AS sizes
    CROSS JOIN LATERAL (SELECT CASE WHEN tokens % 20 > 0 THEN tokens * 1237 END AS cost) AS costs
  WHERE status <> 'RUNNING'`;

const CALLS = `INSERT INTO llm_calls (id, job_id, team_id, key_id, status, lease_until, model_group, model, provider, content, prompt_tokens, completion_tokens,
    cached_prompt_tokens, cache_write_prompt_tokens, audio_prompt_tokens, reasoning_tokens, audio_completion_tokens, usage_source,
    cost_nano_usd, cost_source, has_unpriced_part, markup_millionths, latency_ms, time_to_first_token_ms, error_code,
    error_message, metadata, created_at, finished_at)
  SELECT id, job_id, team_id, key_id, status, CASE WHEN status = 'RUNNING' THEN created_at END, 'Group-' || model_group, 'model-' || last_model % 6, 'test',
    CASE WHEN status = 'SUCCEEDED' THEN 'An answer.' END, prompt, prompt * 2, NULLIF(prompt % 7, 0), NULLIF(prompt % 5, 0), NULLIF(prompt % 2, 0),
    NULLIF(prompt % 3, 0), NULLIF(prompt % 11, 0),
    CASE WHEN prompt IS NULL THEN NULL WHEN luck < 0.9 THEN 'REPORTED' WHEN luck < 0.97 THEN 'ESTIMATED' ELSE 'UNKNOWN' END::usage_source,
    cost, CASE WHEN prompt IS NULL THEN NULL WHEN cost IS NULL THEN 'UNPRICED' ELSE 'PRICE_TABLE' END::cost_source,
    COALESCE(cost IS NOT NULL AND prompt IS NOT NULL AND luck < 0.2, FALSE), markup_millionths,
    CASE WHEN status <> 'RUNNING' THEN latency END, CASE WHEN status = 'SUCCEEDED' THEN (latency * luck)::int4 END,
    CASE WHEN status = 'FAILED' THEN 'UPSTREAM_FAILED' END, ${ERROR_MESSAGE}, ${METADATA}, created_at, finished_at
  FROM drawn_calls LEFT JOIN (SELECT call_id AS id, sum(tokens)::int8 AS prompt, CASE WHEN every(cost IS NOT NULL) THEN sum(cost)::int8 END AS cost
    FROM drawn_attempts GROUP BY call_id) AS sums USING (id) ORDER BY created_at`;

/** An older version has written each fortieth call or so, and no attempts of it. */
const ATTEMPTS = `INSERT INTO llm_call_attempts (call_id, number, model, provider, status, error_kind, started_at, ended_at, prompt_tokens,
    completion_tokens, cached_prompt_tokens, cache_write_prompt_tokens, audio_prompt_tokens, reasoning_tokens, audio_completion_tokens,
    usage_source, cost_nano_usd, cost_source)
  SELECT call_id, number, model, 'test', status, CASE status WHEN 'FAILED' THEN 'overloaded' END, created_at, created_at,
    tokens, tokens * 2, NULLIF(tokens % 7, 0), NULLIF(tokens % 5, 0), NULLIF(tokens % 2, 0), NULLIF(tokens % 3, 0), NULLIF(tokens % 11, 0), 'REPORTED', cost, cost_source
  FROM drawn_attempts WHERE left(call_id::text, 2) NOT IN ('00', '01', '02', '03', '04', '05')`;

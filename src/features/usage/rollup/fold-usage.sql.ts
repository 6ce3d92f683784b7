import { statement } from "../../../db/statement.js";
import { histogramOf } from "./histogram.js";
import { CUTS, DIMENSIONS, FIGURES, type FigureColumn, typeOfFigure } from "./usage-columns.js";

/** The key of the advisory lock of whoever folds. */
const LOCK = 72_707_370;
const joined = (names: readonly string[]): string => names.join(", ");
const one = (condition: string): string => `CASE WHEN ${condition} THEN sign ELSE 0 END`;

/** The figures of one kind of row, each with its sign. Those that it does not have are 0. */
const figuresOf = (known: Partial<Record<FigureColumn, string>>): string =>
  FIGURES.map((figure) => `(${known[figure] ?? "0"})::${typeOfFigure(figure)} AS ${figure}`).join(", ");

/** What was taken from the queue: some rows, and all others of the same jobs, so that a job's end comes with its calls. */
const TAKEN = `folder AS MATERIALIZED (
      SELECT CASE WHEN $2::boolean THEN pg_advisory_xact_lock(${LOCK}) IS NOT NULL ELSE pg_try_advisory_xact_lock(${LOCK}) END AS may_fold
    ), taken AS MATERIALIZED (
      DELETE FROM usage_pending WHERE job_id = ANY (ARRAY(SELECT job_id FROM usage_pending ORDER BY id LIMIT $1::int4))
        AND (SELECT may_fold FROM folder) RETURNING id, job_id, call_id
    ), jobs_taken AS MATERIALIZED (
      SELECT jobs.id, organization_id, team_id, key_id, job_type, of_one_call, completed_at, posted_credits, jobs.credit_price_nano_usd,
        CASE WHEN completed_at IS NULL THEN 'IN_PROGRESS' ELSE jobs.status::text END AS outcome,
        jobs.id IN (SELECT job_id FROM taken WHERE call_id IS NULL) AS is_ending
      FROM jobs JOIN teams ON teams.id = team_id WHERE jobs.id = ANY (ARRAY(SELECT job_id FROM taken))
    )`;

const CALL_COLUMNS = `llm_calls.id, llm_calls.job_id, llm_calls.key_id, llm_calls.status, model_group, model, prompt_tokens, completion_tokens,
        cached_prompt_tokens, reasoning_tokens, usage_source, cost_nano_usd, cost_source, markup_millionths, latency_ms,
        time_to_first_token_ms, llm_calls.created_at, finished_at`;

/**
 * The calls that are counted. Those that were counted before the end of their job are taken from where they were. The call
 * that ended a job of one call was not counted before, as the trigger of calls says.
 */
const COUNTED = `calls_taken AS MATERIALIZED (
      SELECT ${CALL_COLUMNS}, TRUE AS is_new FROM llm_calls WHERE id = ANY (ARRAY(SELECT call_id FROM taken))
      UNION ALL
      SELECT ${CALL_COLUMNS}, COALESCE(of_one_call AND completed_at = finished_at, FALSE)
      FROM llm_calls JOIN jobs_taken ON jobs_taken.id = job_id
      WHERE job_id = ANY (ARRAY(SELECT id FROM jobs_taken WHERE is_ending)) AND llm_calls.status <> 'RUNNING'
        AND llm_calls.id NOT IN (SELECT call_id FROM taken WHERE call_id IS NOT NULL)
    ), counted AS MATERIALIZED (
      SELECT calls_taken.*, organization_id, team_id, job_type, counting.outcome, sign, first_model, last_model, attempt_count
      FROM calls_taken JOIN jobs_taken ON jobs_taken.id = job_id
        CROSS JOIN LATERAL (SELECT outcome, 1 AS sign UNION ALL SELECT 'IN_PROGRESS', -1 WHERE NOT is_new) AS counting
        CROSS JOIN LATERAL (
          SELECT (array_agg(attempt.model ORDER BY number))[1] AS first_model, (array_agg(attempt.model ORDER BY number DESC))[1] AS last_model,
            count(*) AS attempt_count FROM llm_call_attempts AS attempt WHERE call_id = calls_taken.id) AS attempts
    )`;

const DIMENSIONS_OF_CALL = `date_trunc('hour', created_at, 'UTC') AS start, organization_id, team_id, COALESCE(key_id::text, '') AS key_id,
        model_group, COALESCE(model, '') AS model, job_type, outcome`;
const NO_ANSWER = "attempt_status <> 'SUCCEEDED'";
const shown = (costNanoUsd: string): string => `${costNanoUsd} * (1000000 + markup_millionths::numeric)`;
const COST = "sign * COALESCE(cost_nano_usd, 0)";

/** What each call, attempt and job adds to the figures. */
const ADDED = `added AS (
      SELECT ${DIMENSIONS_OF_CALL}, ${figuresOf({
        calls: "sign",
        successful_calls: one("status = 'SUCCEEDED'"),
        failed_calls: one("status = 'FAILED'"),
        cancelled_calls: one("status = 'CANCELLED'"),
        estimated_calls: one("usage_source = 'ESTIMATED'"),
        unknown_usage_calls: one("usage_source = 'UNKNOWN'"),
        unpriced_calls: one("cost_source = 'UNPRICED'"),
        fallbacks: one("first_model <> last_model"),
        rescued_calls: one("first_model <> last_model AND status = 'SUCCEEDED'"),
        latencies: `sign * ${histogramOf("latency_ms")}`,
        times_to_first_token: `sign * ${histogramOf("time_to_first_token_ms")}`,
      })} FROM counted
      UNION ALL
      SELECT ${DIMENSIONS_OF_CALL}, ${figuresOf({
        attempts: one("is_attempt"),
        failed_attempts: one(`is_attempt AND ${NO_ANSWER}`),
        prompt_tokens: "sign * COALESCE(prompt_tokens, 0)::numeric",
        completion_tokens: "sign * COALESCE(completion_tokens, 0)::numeric",
        cached_prompt_tokens: "sign * COALESCE(cached_prompt_tokens, 0)::numeric",
        reasoning_tokens: "sign * COALESCE(reasoning_tokens, 0)::numeric",
        cost_nano_usd: COST,
        shown_cost_femto_usd: shown(COST),
        failed_cost_nano_usd: `CASE WHEN is_attempt AND ${NO_ANSWER} THEN ${COST} ELSE 0 END`,
        shown_failed_cost_femto_usd: `CASE WHEN is_attempt AND ${NO_ANSWER} THEN ${shown(COST)} ELSE 0 END`,
      })}
      FROM (
        SELECT created_at, organization_id, team_id, key_id, model_group, attempt.model, job_type, outcome, sign, markup_millionths,
          TRUE AS is_attempt, attempt.status AS attempt_status, attempt.prompt_tokens, attempt.completion_tokens,
          attempt.cached_prompt_tokens, attempt.reasoning_tokens, attempt.cost_nano_usd
        FROM counted JOIN llm_call_attempts AS attempt ON call_id = counted.id WHERE call_id = ANY (ARRAY(SELECT id FROM counted))
        UNION ALL
        SELECT created_at, organization_id, team_id, key_id, model_group, model, job_type, outcome, sign, markup_millionths,
          FALSE, NULL, prompt_tokens, completion_tokens, cached_prompt_tokens, reasoning_tokens, cost_nano_usd
        FROM counted WHERE attempt_count = 0
      ) AS attempts
      UNION ALL
      SELECT date_trunc('hour', completed_at, 'UTC'), organization_id, team_id, COALESCE(key_id::text, ''), '', '', job_type, outcome, ${figuresOf(
        {
          jobs: "1",
          priced_jobs: "(credit_price_nano_usd IS NOT NULL)::integer",
          posted_credits: "posted_credits",
          unpriced_credits: "CASE WHEN credit_price_nano_usd IS NULL THEN posted_credits ELSE 0 END",
          revenue_nano_usd: "posted_credits * COALESCE(credit_price_nano_usd, 0)::numeric",
        },
      )} FROM jobs_taken WHERE is_ending AND completed_at IS NOT NULL
    )`;

const sums = FIGURES.map((figure) => `sum(${figure})::${typeOfFigure(figure)} AS ${figure}`).join(", ");
const ROLLED_UP = DIMENSIONS.map((name) => {
  const cuts = Object.entries(CUTS).filter(([, names]) => !(names as readonly string[]).includes(name));
  return name === "outcome" || cuts.length === 0
    ? name
    : `CASE WHEN cut IN (${cuts.map(([cut]) => `'${cut}'`).join(", ")}) THEN '' ELSE ${name} END AS ${name}`;
});
const ADD_TO_ROW = FIGURES.map((figure) => `${figure} = usage_rollups.${figure} + EXCLUDED.${figure}`).join(", ");

/** Ten days begin on the 1st, the 11th and the 21st of a month. The last of them are the rest of the month. */
const START_OF_SPAN = `CASE span WHEN 'TEN_DAYS'
        THEN date_trunc('month', start, 'UTC') + LEAST(2, (extract(day FROM start AT TIME ZONE 'UTC')::integer - 1) / 10) * interval '240 hours'
        ELSE date_trunc(span::text, start, 'UTC') END`;

/**
 * Takes about `batchMax` rows from the queue and adds what they stand for to the rows of usage, all in one statement: so
 * each is counted exactly once. One process folds at a time. If another one does, this either waits for it, or does
 * nothing. Says how many rows it took.
 */
export const foldUsage = statement({
  name: "fold-usage",
  params: { batchMax: "int4", waits: "bool" },
  text: `WITH ${TAKEN}, ${COUNTED}, ${ADDED}, hours AS MATERIALIZED (
      SELECT start, ${joined(DIMENSIONS)}, ${sums} FROM added GROUP BY start, ${joined(DIMENSIONS)}
    ), written AS (
      INSERT INTO usage_rollups (span, cut, start, ${joined(DIMENSIONS)}, ${joined(FIGURES)})
      SELECT span, cut, ${START_OF_SPAN} AS start, ${joined(ROLLED_UP)}, ${sums}
      FROM hours CROSS JOIN unnest(enum_range(NULL::usage_span)) AS span CROSS JOIN unnest(enum_range(NULL::usage_cut)) AS cut
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
      ON CONFLICT (span, cut, start, ${joined(DIMENSIONS)}) DO UPDATE SET ${ADD_TO_ROW}
      RETURNING 1
    ) SELECT (SELECT count(*) FROM taken)::integer AS taken, (SELECT count(*) FROM written)::integer AS written`,
  row: { taken: "int4?", written: "int4?" },
});

/** Which rows of the queue there are: the ids of the first and the last, or nothing, and whether some could not be counted. */
export const findPendingUsage = statement({
  name: "find-pending-usage",
  params: {},
  text: `SELECT (SELECT id FROM usage_pending ORDER BY id LIMIT 1) AS first_id, (SELECT id FROM usage_pending ORDER BY id DESC LIMIT 1) AS last_id,
    EXISTS (SELECT FROM usage_pending WHERE is_postponed) AS has_postponed`,
  row: { firstId: "int8?", lastId: "int8?", hasPostponed: "bool?" },
});

/** How long the first row of the queue has waited, in seconds. There is no row if nothing waits. */
export const ageOfPendingUsage = statement({
  name: "age-of-pending-usage",
  params: {},
  text: "SELECT extract(epoch FROM tollgate_now() - created_at)::float8 AS seconds FROM usage_pending ORDER BY id LIMIT 1",
  row: { seconds: "float8?" },
});

/** Puts the first row of the queue, and those of the same job, behind all others, because they cannot be counted. */
export const postponeUsage = statement({
  name: "postpone-usage",
  params: {},
  text: `UPDATE usage_pending SET is_postponed = TRUE, id = nextval(pg_get_serial_sequence('usage_pending', 'id'))
    WHERE job_id = (SELECT job_id FROM usage_pending ORDER BY id LIMIT 1) RETURNING job_id`,
  row: { jobId: "uuid" },
});

const IS_EMPTY = "outcome = 'IN_PROGRESS' AND calls = 0 AND attempts = 0";

/** Removes rows of usage that count nothing any more, because the jobs of their calls ended. */
export const forgetEmptyUsage = statement({
  name: "forget-empty-usage",
  params: { batchMax: "int4" },
  text: `WITH empty AS MATERIALIZED (
      SELECT span, cut, start, ${joined(DIMENSIONS)} FROM usage_rollups WHERE ${IS_EMPTY} LIMIT $1::int4 FOR UPDATE SKIP LOCKED
    ) DELETE FROM usage_rollups USING empty
    WHERE (${["span", "cut", "start", ...DIMENSIONS].map((name) => `usage_rollups.${name}`).join(", ")}) = (${["span", "cut", "start", ...DIMENSIONS].map((name) => `empty.${name}`).join(", ")})
    RETURNING 1 AS one`,
  row: { one: "int4?" },
});

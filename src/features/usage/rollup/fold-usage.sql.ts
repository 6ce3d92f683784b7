import { eachFound } from "../../../db/rows/each-found.sql.js";
import { statement } from "../../../db/statement.js";
import { histogramOf } from "./histogram.js";
import { CUTS, DIMENSIONS, FIGURES, type FigureColumn, typeOfFigure } from "./usage-columns.js";

/** The key of the advisory lock of whoever folds. */
const LOCK = 72_707_370;
const joined = (names: readonly string[]): string => names.join(", ");

const JOB_COLUMNS =
  "id, team_id, key_id, job_type, status, of_one_call, completed_at, posted_credits, credit_price_nano_usd";

/** What was taken from the queue: some rows, and all others of the same jobs, so that a job's end comes with its calls. */
const TAKEN = `folder AS MATERIALIZED (
      SELECT CASE WHEN $2::boolean THEN pg_advisory_xact_lock(${LOCK}) IS NOT NULL ELSE pg_try_advisory_xact_lock(${LOCK}) END AS may_fold
    ), taken AS MATERIALIZED (
      DELETE FROM usage_pending WHERE job_id IN (SELECT job_id FROM usage_pending ORDER BY id LIMIT $1::int4)
        AND (SELECT may_fold FROM folder) RETURNING job_id, call_id
    ), jobs_taken AS MATERIALIZED (
      SELECT jobs.*, organization_id, is_ending, call_ids, CASE WHEN completed_at IS NULL THEN 'IN_PROGRESS' ELSE status::text END AS outcome
      FROM (
        SELECT job_id, bool_or(call_id IS NULL) AS is_ending, array_agg(call_id) FILTER (WHERE call_id IS NOT NULL) AS call_ids
        FROM taken GROUP BY job_id
      ) AS entered
        CROSS JOIN ${eachFound("jobs", JOB_COLUMNS, "id = job_id")}
        CROSS JOIN ${eachFound("teams", "organization_id", "id = team_id")}
    )`;

/** What a call has of its attempts, and each of them by itself. */
const SPENT = [
  "prompt_tokens",
  "completion_tokens",
  "cached_prompt_tokens",
  "cache_write_prompt_tokens",
  "audio_prompt_tokens",
  "reasoning_tokens",
  "audio_completion_tokens",
  "cost_nano_usd",
];
const CALL_COLUMNS = `id, key_id, status, model_group, model, usage_source, cost_source, has_unpriced_part, markup_millionths, latency_ms, time_to_first_token_ms,
          created_at, finished_at, ${joined(SPENT)}`;
const ATTEMPT_COLUMNS = `number, model, status, ${joined(SPENT)}`;
const SPENT_BY_EACH = SPENT.map(
  (what) => `CASE WHEN number IS NULL THEN call.${what} ELSE attempt.${what} END AS ${what}`,
);

/**
 * The calls that are counted, a row for each of their attempts. A call without an attempt has a row, too: it asked no model, or
 * an older version has left it so. If the job of a call ends, the call is counted by the outcome of the job. If it was counted
 * before, it is taken from where it was. The call that ended a job of one call was not, as the trigger of calls says.
 */
const COUNTED = `calls_taken AS MATERIALIZED (
      SELECT organization_id, team_id, job_type, outcome, llm_calls.*,
        id IN (SELECT call_id FROM taken WHERE call_id IS NOT NULL) OR COALESCE(of_one_call AND completed_at = finished_at, FALSE) AS is_new
      FROM (SELECT id AS ending_id, organization_id, team_id, job_type, outcome, of_one_call, completed_at FROM jobs_taken WHERE is_ending) AS ending
        CROSS JOIN ${eachFound("llm_calls", CALL_COLUMNS, "job_id = ending_id AND status <> 'RUNNING'")}
      UNION ALL
      SELECT organization_id, team_id, job_type, outcome, llm_calls.*, TRUE
      FROM (SELECT unnest(call_ids) AS call_id, organization_id, team_id, job_type, outcome FROM jobs_taken WHERE NOT is_ending) AS entered
        CROSS JOIN ${eachFound("llm_calls", CALL_COLUMNS, "id = call_id")}
    ), counted AS MATERIALIZED (
      SELECT date_trunc('hour', created_at, 'UTC') AS start, organization_id, team_id, COALESCE(key_id::text, '') AS key_id, model_group,
        COALESCE(call.model, '') AS model, job_type, counting.outcome, sign, markup_millionths, call.status, usage_source, call.cost_source, has_unpriced_part,
        latency_ms, time_to_first_token_ms, COALESCE(attempt.model, call.model, '') AS asked_model, COALESCE(number, 1) = 1 AS is_first,
        number IS NOT NULL AS is_attempt, number IS NOT NULL AND attempt.status <> 'SUCCEEDED' AS has_failed,
        ${joined(SPENT_BY_EACH)}
      FROM calls_taken AS call LEFT JOIN ${eachFound("llm_call_attempts", ATTEMPT_COLUMNS, "call_id = call.id", "attempt")} ON TRUE
        CROSS JOIN LATERAL (SELECT call.outcome, 1 AS sign UNION ALL SELECT 'IN_PROGRESS', -1 WHERE NOT is_new) AS counting
    )`;

/** The figures of one kind of row, each as a sum. Those that it does not have are 0. */
const sumsOf = (known: Partial<Record<FigureColumn, string>>): string =>
  FIGURES.map((figure) => {
    const value = known[figure];
    return `${value ? `COALESCE(sum(${value}), 0)` : "0"}::${typeOfFigure(figure)} AS ${figure}`;
  }).join(", ");
const signIf = (condition: string): string => `sign) FILTER (WHERE ${condition}`;
const COST = "sign * cost_nano_usd";
const SHOWN_COST = `${COST} * (1000000 + markup_millionths::numeric)`;
const BY_NAMES = "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8";

/** What calls, their attempts and the ends of jobs add to hours. */
const HOURS = `hours AS MATERIALIZED (
      SELECT start, organization_id, team_id, key_id, model_group, model, job_type, outcome, ${sumsOf({
        calls: "sign",
        successful_calls: signIf("status = 'SUCCEEDED'"),
        failed_calls: signIf("status = 'FAILED'"),
        cancelled_calls: signIf("status = 'CANCELLED'"),
        estimated_calls: signIf("usage_source = 'ESTIMATED'"),
        unknown_usage_calls: signIf("usage_source = 'UNKNOWN'"),
        unpriced_calls: signIf("cost_source = 'UNPRICED'"),
        partly_unpriced_calls: signIf("has_unpriced_part"),
        fallbacks: signIf("asked_model <> model"),
        rescued_calls: signIf("asked_model <> model AND status = 'SUCCEEDED'"),
        latencies: `sign * ${histogramOf("latency_ms")}`,
        times_to_first_token: `sign * ${histogramOf("time_to_first_token_ms")}`,
      })} FROM counted WHERE is_first ${BY_NAMES}
      UNION ALL
      SELECT start, organization_id, team_id, key_id, model_group, asked_model, job_type, outcome, ${sumsOf({
        attempts: signIf("is_attempt"),
        failed_attempts: signIf("has_failed"),
        prompt_tokens: "sign * prompt_tokens",
        completion_tokens: "sign * completion_tokens",
        cached_prompt_tokens: "sign * cached_prompt_tokens",
        cache_write_prompt_tokens: "sign * cache_write_prompt_tokens",
        audio_prompt_tokens: "sign * audio_prompt_tokens",
        reasoning_tokens: "sign * reasoning_tokens",
        audio_completion_tokens: "sign * audio_completion_tokens",
        cost_nano_usd: COST,
        shown_cost_femto_usd: SHOWN_COST,
        failed_cost_nano_usd: `${COST}) FILTER (WHERE has_failed`,
        shown_failed_cost_femto_usd: `${SHOWN_COST}) FILTER (WHERE has_failed`,
      })} FROM counted ${BY_NAMES}
      UNION ALL
      SELECT date_trunc('hour', completed_at, 'UTC'), organization_id, team_id, COALESCE(key_id::text, ''), '', '', job_type, outcome, ${sumsOf(
        {
          jobs: "1",
          priced_jobs: "(credit_price_nano_usd IS NOT NULL)::integer",
          posted_credits: "posted_credits",
          unpriced_credits: "posted_credits) FILTER (WHERE credit_price_nano_usd IS NULL",
          revenue_nano_usd: "posted_credits * credit_price_nano_usd::numeric",
        },
      )} FROM jobs_taken WHERE is_ending AND completed_at IS NOT NULL ${BY_NAMES}
    )`;

const SUMS = FIGURES.map((figure) => `sum(${figure})::${typeOfFigure(figure)} AS ${figure}`).join(", ");
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
  text: `WITH ${TAKEN}, ${COUNTED}, ${HOURS}, written AS (
      INSERT INTO usage_rollups (span, cut, start, ${joined(DIMENSIONS)}, ${joined(FIGURES)})
      SELECT span, cut, ${START_OF_SPAN} AS start, ${joined(ROLLED_UP)}, ${SUMS}
      FROM hours CROSS JOIN unnest(enum_range(NULL::usage_span)) AS span CROSS JOIN unnest(enum_range(NULL::usage_cut)) AS cut
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
      ON CONFLICT (span, cut, start, ${joined(DIMENSIONS)}) DO UPDATE SET ${ADD_TO_ROW}
    ) SELECT count(*)::integer AS taken FROM taken`,
  row: { taken: "int4?" },
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

import { columnsOf } from "../../../db/field-names.js";
import { statement } from "../../../db/statement.js";
import { expiresAt } from "../../jobs/job-expiry.sql.js";
import { llmCallRow } from "./call-row.sql.js";

// A figure that would pass its column's limit stays at the limit: a settlement that fails would be a free answer.
const INT4_MAX = 2_147_483_647;
const INT8_MAX = 9_223_372_036_854_775_807n;
/** GraphQL's SafeInt and JavaScript count no further. */
const SAFE_INTEGER_MAX = Number.MAX_SAFE_INTEGER;

/**
 * Writes how a call ended, a row for each of its attempts (`attempts`, a JSON array of AttemptRecord), and adds all of it
 * to the job's totals. Returns no row, and writes nothing, if the call was settled before: the first settlement wins.
 */
export const settleCall = statement({
  name: "settle-call",
  params: {
    id: "uuid",
    status: "llm_call_status",
    model: "text",
    content: "text?",
    toolCalls: "jsonb",
    finishReason: "text?",
    promptTokens: "safeint?",
    completionTokens: "safeint?",
    cachedPromptTokens: "safeint?",
    reasoningTokens: "safeint?",
    usageSource: "usage_source?",
    costNanoUsd: "int8?",
    costSource: "cost_source?",
    timeToFirstTokenMs: "int4?",
    errorCode: "text?",
    errorMessage: "text?",
    attempts: "jsonb",
    ttlMs: "float8",
    maxAgeMs: "float8",
    reasoning: "text?",
    extensions: "jsonb",
    errorData: "jsonb",
  },
  text: `WITH settled AS (
      UPDATE llm_calls SET status = $2, model = $3, content = $4, tool_calls = $5, finish_reason = $6, prompt_tokens = $7,
        completion_tokens = $8, cached_prompt_tokens = $9, reasoning_tokens = $10, usage_source = $11, cost_nano_usd = $12,
        cost_source = $13, time_to_first_token_ms = $14, error_code = $15, error_message = $16, finished_at = tollgate_now(),
        lease_until = NULL, latency_ms = LEAST(GREATEST(0, round(extract(epoch FROM tollgate_now() - created_at) * 1000)), ${INT4_MAX})::integer,
        reasoning = $20, extensions = $21, error_data = $22
      WHERE id = $1 AND status = 'RUNNING' RETURNING *
    ), attempts AS (
      INSERT INTO llm_call_attempts (call_id, provider, number, model, status, error_kind, started_at, first_token_at, ended_at,
        prompt_tokens, completion_tokens, cached_prompt_tokens, reasoning_tokens, usage_source, cost_nano_usd, cost_source)
      SELECT settled.id, COALESCE(settled.provider, 'unknown'), attempt.* FROM settled, jsonb_to_recordset($17::jsonb) AS attempt (
        number integer, model text, status llm_call_status, "errorKind" text, "startedAt" timestamptz, "firstTokenAt" timestamptz,
        "endedAt" timestamptz, "promptTokens" bigint, "completionTokens" bigint, "cachedPromptTokens" bigint,
        "reasoningTokens" bigint, "usageSource" usage_source, "costNanoUsd" bigint, "costSource" cost_source)
      RETURNING status, cost_nano_usd
    ), totals AS (
      UPDATE jobs SET running_calls = running_calls - 1,
        successful_calls = successful_calls + (settled.status = 'SUCCEEDED')::integer,
        failed_calls = failed_calls + (settled.status = 'FAILED')::integer,
        cancelled_calls = cancelled_calls + (settled.status = 'CANCELLED')::integer,
        prompt_tokens = LEAST(jobs.prompt_tokens + COALESCE(settled.prompt_tokens, 0), ${SAFE_INTEGER_MAX}),
        completion_tokens = LEAST(jobs.completion_tokens + COALESCE(settled.completion_tokens, 0), ${SAFE_INTEGER_MAX}),
        cost_nano_usd = LEAST(jobs.cost_nano_usd + (SELECT COALESCE(sum(cost_nano_usd), 0) FROM attempts), ${INT8_MAX})::bigint,
        failed_attempts_cost_nano_usd = LEAST(failed_attempts_cost_nano_usd
          + (SELECT COALESCE(sum(cost_nano_usd), 0) FROM attempts WHERE attempts.status <> 'SUCCEEDED'), ${INT8_MAX})::bigint,
        latency_ms_total = latency_ms_total + settled.latency_ms,
        estimated_calls = estimated_calls + (settled.usage_source IS NOT DISTINCT FROM 'ESTIMATED')::integer,
        unknown_usage_calls = unknown_usage_calls + (settled.usage_source IS NOT DISTINCT FROM 'UNKNOWN')::integer,
        unpriced_calls = unpriced_calls + (settled.cost_source IS NOT DISTINCT FROM 'UNPRICED')::integer,
        expires_at = ${expiresAt("jobs.created_at", "$18", "$19")}
      FROM settled WHERE jobs.id = settled.job_id
    ) SELECT ${columnsOf(llmCallRow)} FROM settled`,
  row: llmCallRow,
});

/** Calls whose lease has run out, but for those that this process runs itself (`ownIds`). Whoever ran them is gone. */
export const findOrphans = statement({
  name: "find-orphans",
  params: { ownIds: "uuid[]", batchMax: "int4" },
  text: `SELECT ${columnsOf(llmCallRow, "llm_calls")}, of_one_call, tollgate_now() AS now FROM llm_calls JOIN jobs ON jobs.id = job_id
    WHERE llm_calls.status = 'RUNNING' AND lease_until < tollgate_now() AND llm_calls.id <> ALL($1) ORDER BY lease_until LIMIT $2::int4`,
  row: { ...llmCallRow, ofOneCall: "bool", now: "timestamptz" },
});

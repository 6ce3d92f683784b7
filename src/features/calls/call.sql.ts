import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { list } from "../../db/lists/list.js";
import { statement } from "../../db/statement.js";
import { llmCallRow } from "./commit/call-row.sql.js";
import type { LlmCallAttempt } from "./log/call-row.js";

/** The calls of a job, oldest first. */
export const calls = list({
  table: "llm_calls",
  row: llmCallRow,
  parent: "jobId",
  order: ["createdAt", "id"],
  direction: "ASC",
});

/** What became of the first calls of a job, oldest first, without their contents. */
export const outcomesOfJob = statement({
  name: "outcomes-of-job",
  params: { jobId: "uuid", outcomesMax: "int4" },
  text: `SELECT id, status, purpose, model_group, prompt_tokens, completion_tokens, latency_ms, error_message
    FROM llm_calls WHERE job_id = $1 ORDER BY created_at, id LIMIT $2::int4`,
  row: {
    id: "uuid",
    status: "llm_call_status",
    purpose: "text?",
    modelGroup: "text",
    promptTokens: "safeint?",
    completionTokens: "safeint?",
    latencyMs: "int4?",
    errorMessage: "text?",
  },
});

const attemptRow = {
  callId: "uuid",
  number: "int4",
  model: "text",
  provider: "text",
  upstream: "text?",
  status: "llm_call_status",
  errorKind: "text?",
  startedAt: "timestamptz",
  firstTokenAt: "timestamptz?",
  endedAt: "timestamptz",
  promptTokens: "safeint?",
  completionTokens: "safeint?",
  cachedPromptTokens: "safeint?",
  cacheWritePromptTokens: "safeint?",
  oneHourCacheWritePromptTokens: "safeint?",
  audioPromptTokens: "safeint?",
  reasoningTokens: "safeint?",
  audioCompletionTokens: "safeint?",
  usageSource: "usage_source?",
  costNanoUsd: "int8?",
  costSource: "cost_source?",
  costComponents: "jsonb",
} as const satisfies RowOf<LlmCallAttempt>;

/** All attempts of calls, those of each call in order. */
export const attemptsOfCalls = statement({
  name: "attempts-of-calls",
  params: { callIds: "uuid[]" },
  text: `SELECT ${columnsOf(attemptRow, "llm_call_attempts")}, markup_millionths
    FROM llm_call_attempts JOIN llm_calls ON llm_calls.id = call_id WHERE call_id = ANY($1) ORDER BY call_id, number`,
  row: { ...attemptRow, markupMillionths: "int4" },
});

/**
 * Forgets what the oldest calls answered. Their usage and cost stay. The condition on the answer is that of the index
 * llm_calls_answered_idx, word for word. The array is made once, so no more than a batch is changed.
 */
export const forgetContent = statement({
  name: "forget-content",
  params: { retentionMs: "float8", batchMax: "int4" },
  text: `UPDATE llm_calls SET content = NULL, reasoning = NULL, tool_calls = '[]', extensions = '{}' WHERE id = ANY(ARRAY(
      SELECT id FROM llm_calls WHERE finished_at < tollgate_now() - $1 * interval '1 ms'
        AND (content IS NOT NULL OR reasoning IS NOT NULL OR tool_calls <> '[]' OR extensions <> '{}')
      ORDER BY finished_at LIMIT $2::int4 FOR UPDATE SKIP LOCKED)) RETURNING id`,
  row: { id: "uuid" },
});

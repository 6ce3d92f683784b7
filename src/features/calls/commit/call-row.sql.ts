import type { RowOf } from "../../../db/column-type.js";
import { columnsOf } from "../../../db/field-names.js";
import { statement } from "../../../db/statement.js";
import type { LlmCall } from "../log/call-row.js";

export const llmCallRow = {
  id: "uuid",
  jobId: "uuid",
  status: "llm_call_status",
  modelGroup: "text",
  model: "text?",
  provider: "text?",
  purpose: "text?",
  metadata: "jsonb",
  content: "text?",
  reasoning: "text?",
  toolCalls: "jsonb",
  extensions: "jsonb",
  finishReason: "text?",
  promptTokens: "safeint?",
  completionTokens: "safeint?",
  cachedPromptTokens: "safeint?",
  reasoningTokens: "safeint?",
  usageSource: "usage_source?",
  costNanoUsd: "int8?",
  costSource: "cost_source?",
  latencyMs: "int4?",
  timeToFirstTokenMs: "int4?",
  errorCode: "text?",
  errorMessage: "text?",
  errorData: "jsonb",
  createdAt: "timestamptz",
  finishedAt: "timestamptz?",
  leaseUntil: "timestamptz?",
  cancelRequestedBy: "text?",
} as const satisfies RowOf<LlmCall>;

/** Until when a lease lasts that is taken now, as SQL. The argument is SQL, such as "$2". */
export const leaseUntil = (leaseMs: string): string => `tollgate_now() + ${leaseMs} * interval '1 ms'`;

/** Calls, and the team that each belongs to. */
export const findCalls = statement({
  name: "find-calls",
  params: { ids: "uuid[]" },
  text: `SELECT ${columnsOf(llmCallRow, "llm_calls")}, team_id FROM llm_calls JOIN jobs ON jobs.id = job_id WHERE llm_calls.id = ANY($1)`,
  row: { ...llmCallRow, teamId: "text" },
});

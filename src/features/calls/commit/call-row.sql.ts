import type { RowOf } from "../../../db/column-type.js";
import { columnsOf } from "../../../db/field-names.js";
import { statement } from "../../../db/statement.js";
import type { LlmCall } from "../log/call-row.js";

export const llmCallRow = {
  id: "uuid",
  jobId: "uuid",
  teamId: "text?",
  keyId: "uuid?",
  kind: "llm_call_kind",
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
  cacheWritePromptTokens: "safeint?",
  oneHourCacheWritePromptTokens: "safeint?",
  audioPromptTokens: "safeint?",
  reasoningTokens: "safeint?",
  audioCompletionTokens: "safeint?",
  usageSource: "usage_source?",
  costNanoUsd: "int8?",
  costSource: "cost_source?",
  hasUnpricedPart: "bool",
  markupMillionths: "int4",
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

/**
 * The columns of calls, with the team also of a call that an older version of the gateway has written. They are selected
 * from `llm_calls JOIN jobs`.
 */
export const callOfTeamRow = { ...llmCallRow, teamId: "text" } as const;
const { teamId: _ofCall, ...others } = llmCallRow;
export const CALL_OF_TEAM_COLUMNS = `${columnsOf(others, "llm_calls")}, jobs.team_id`;

/** Calls, and whose each is. */
export const findCalls = statement({
  name: "find-calls",
  params: { ids: "uuid[]" },
  text: `SELECT ${CALL_OF_TEAM_COLUMNS}, organization_id, teams.status AS team_status FROM llm_calls JOIN jobs ON jobs.id = job_id JOIN teams ON teams.id = jobs.team_id
    WHERE llm_calls.id = ANY($1)`,
  row: { ...callOfTeamRow, organizationId: "text", teamStatus: "account_status" },
});

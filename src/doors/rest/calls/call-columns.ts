import type { Viewer } from "../../../auth/viewer.js";
import type { CsvColumns } from "../../../edge/http/exports/send-csv.js";
import { shownCost } from "../../../features/budgets/shown-cost.js";
import type { BriefCallRow } from "../../../features/lists/call-list.service.js";
import { lowerCase } from "../letter-case.js";

/** A call, without what was asked and answered, as CSV. */
export const callColumns = (viewer: Viewer): CsvColumns<BriefCallRow> => ({
  call_id: (call) => call.id,
  job_id: (call) => call.jobId,
  team_id: (call) => call.teamId,
  key_id: (call) => call.keyId,
  status: (call) => lowerCase(call.status),
  model_group: (call) => call.modelGroup,
  model: (call) => call.model,
  purpose: (call) => call.purpose,
  metadata: (call) => JSON.stringify(call.metadata),
  finish_reason: (call) => call.finishReason,
  prompt_tokens: (call) => call.promptTokens,
  completion_tokens: (call) => call.completionTokens,
  cost_usd: ({ costNanoUsd, markupMillionths }) =>
    costNanoUsd === null ? null : { digits: shownCost(viewer, costNanoUsd, markupMillionths) },
  latency_ms: (call) => call.latencyMs,
  time_to_first_token_ms: (call) => call.timeToFirstTokenMs,
  error_code: (call) => call.errorCode,
  error_message: (call) => call.errorMessage,
  created_at: (call) => call.createdAt,
  finished_at: (call) => call.finishedAt,
  kind: (call) => lowerCase(call.kind),
});

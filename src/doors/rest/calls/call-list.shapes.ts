import type { Static } from "typebox";
import type { RequestContext } from "../../../edge/context.js";
import { shownCost } from "../../../features/budgets/shown-cost.js";
import type { BriefCallRow } from "../../../features/lists/call-list.service.js";
import { LlmCallKind, LlmCallStatus } from "../../../generated/prisma/enums.js";
import { EXAMPLE } from "../example.js";
import { lowerCase, lowerCased } from "../letter-case.js";
import { answer, freeObject, integer, number, oneOf, orNull, text, time } from "../schemas.js";

export const CALL_STATUSES = lowerCased(LlmCallStatus);
export const CALL_KINDS = lowerCased(LlmCallKind);

/** A call as lists show it: all but what was asked and answered. */
export const ListedCall = answer(
  "ListedCall",
  {
    call_id: text("A UUID."),
    job_id: text("The id of the call's job."),
    team_id: orNull(text("The id of the call's team.")),
    key_id: orNull(text("The id of the virtual key that made the call. Null if it was not recorded.")),
    status: oneOf(CALL_STATUSES, "How the call stands. All but running are final."),
    model_group: text("The model group that was asked for."),
    model: orNull(text("The model of the last attempt. Null if none was asked yet.")),
    purpose: orNull(text("What the call is for, in the team's own words.")),
    metadata: freeObject("The team's free data."),
    finish_reason: orNull(text('Why the model stopped, such as "stop".')),
    prompt_tokens: orNull(integer("Tokens of the prompts of all attempts. Null if the call is not settled.")),
    completion_tokens: orNull(integer("Tokens of the answers of all attempts. Null if the call is not settled.")),
    cost_usd: orNull(number("The cost of all attempts in USD. Null if it is not known in full.")),
    latency_ms: orNull(integer("Milliseconds from admission to settlement. Null if the call is not settled.")),
    time_to_first_token_ms: orNull(
      integer("Milliseconds from admission to the first token. Null if there was none, or if it is not known."),
    ),
    error_code: orNull(text("Why the call did not succeed, such as UPSTREAM_TIMEOUT. Null if it did.")),
    error_message: orNull(text("The same in a sentence.")),
    created_at: time("When the call was admitted."),
    finished_at: orNull(time("When the call was settled. Null before that.")),
    kind: oneOf(CALL_KINDS, "What it asks for."),
  },
  {
    call_id: EXAMPLE.callId,
    job_id: EXAMPLE.jobId,
    team_id: EXAMPLE.teamId,
    key_id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    status: "succeeded",
    model_group: EXAMPLE.group,
    model: "gpt-4o-mini",
    purpose: null,
    metadata: {},
    finish_reason: "stop",
    prompt_tokens: 120,
    completion_tokens: 36,
    cost_usd: 0.0000396,
    latency_ms: 842,
    time_to_first_token_ms: 310,
    error_code: null,
    error_message: null,
    created_at: EXAMPLE.started,
    finished_at: "2026-03-02T09:30:02.092Z",
    kind: "chat",
  },
);

export const listedCallShape = (
  { viewer }: Pick<RequestContext, "viewer">,
  call: BriefCallRow,
): Static<typeof ListedCall> => ({
  call_id: call.id,
  job_id: call.jobId,
  team_id: call.teamId,
  key_id: call.keyId,
  status: lowerCase(call.status),
  model_group: call.modelGroup,
  model: call.model,
  purpose: call.purpose,
  metadata: call.metadata,
  finish_reason: call.finishReason,
  prompt_tokens: call.promptTokens,
  completion_tokens: call.completionTokens,
  cost_usd: call.costNanoUsd === null ? null : Number(shownCost(viewer, call.costNanoUsd, call.markupMillionths)),
  latency_ms: call.latencyMs,
  time_to_first_token_ms: call.timeToFirstTokenMs,
  error_code: call.errorCode,
  error_message: call.errorMessage,
  created_at: call.createdAt,
  finished_at: call.finishedAt,
  kind: lowerCase(call.kind),
});

import type { LimitSink } from "../../auth/call-limits.js";
import { authorize, reachOf } from "../../auth/policy.js";
import { reachesTeam } from "../../auth/reach.js";
import { scopeOf, type TeamViewer, type Viewer } from "../../auth/viewer.js";
import { LlmCallKind } from "../../generated/prisma/enums.js";
import { invalid, validate } from "../../input/validate.js";
import { notFound } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import type { ChatQuestion } from "../../upstream/provider.js";
import { claimOf } from "../idempotency/idempotency-keys.js";
import { requireJobKey } from "../jobs/keyed-jobs.js";
import { requireGroupOfKey } from "../models/plan-lookup.js";
import type { CallToAdmit, OnDisconnect } from "./commit/admitted-call.js";
import { type LlmCallInput, MidStreamFailurePolicy } from "./question/call.input.js";
import { toChatRequest } from "./question/chat-request.js";
import { claimInputOf, JOB_TYPE_DEFAULT } from "./question/claim-input.js";
import { JsonCallInput } from "./question/json-call.input.js";
import { KIND_OF, toJsonQuestion } from "./question/json-question.js";

/** What any kind of call is made of. */
export type AnyCallInput = LlmCallInput | JsonCallInput;

/** How a call is made, and what happens without a client if the caller does not say. */
export interface Manner {
  /** Whether the upstream is asked for a stream, or for one plain answer. */
  readonly delivery: "plain" | "streamed";
  readonly onDisconnect: OnDisconnect;
  readonly idempotencyKey: string | null | undefined;
  readonly limitSink?: LimitSink | undefined;
}

/**
 * Checks who calls and what, before anything is taken or written for the call. Throws UNAUTHENTICATED, FORBIDDEN or
 * TEAM_SUSPENDED, INVALID_INPUT for the input, NOT_FOUND for a job or team that cannot be the viewer's, and
 * MODEL_GROUP_NOT_ALLOWED for a group that its key may not use.
 */
export function checkCall(viewer: Viewer, input: LlmCallInput, manner: Manner): CallToAdmit & { request: ChatQuestion };
export function checkCall(viewer: Viewer, input: AnyCallInput, manner: Manner): CallToAdmit;
export function checkCall(viewer: Viewer, input: AnyCallInput, manner: Manner): CallToAdmit {
  authorize(viewer, "call.run");
  const isJson = input instanceof JsonCallInput;
  const request = isJson
    ? toJsonQuestion(validate(input))
    : toChatRequest(validate(input), manner.delivery === "streamed");
  checkJobAndTeam(viewer, input);
  requireGroupOfKey(viewer, input.modelGroup);
  return {
    viewer,
    claim: claimOf(scopeOf(viewer), "llm-call", manner.idempotencyKey, claimInputOf(input)),
    jobId: input.jobId ?? null,
    jobKey: input.jobKey ?? null,
    jobType: input.jobType ?? JOB_TYPE_DEFAULT,
    kind: isJson ? KIND_OF[input.endpoint] : LlmCallKind.CHAT,
    modelGroup: input.modelGroup,
    purpose: input.purpose ?? null,
    metadata: input.metadata ?? {},
    ...ofChat(input),
    limitSink: manner.limitSink ?? null,
    request,
    onDisconnect: (isJson ? null : input.onDisconnect) ?? manner.onDisconnect,
  };
}

/** What only chats can say. SDKs send their bookkeeping beside other questions, too. */
function ofChat(input: AnyCallInput) {
  if (input instanceof JsonCallInput)
    return { kept: null, keepsAnswer: true, leavesOutBookkeeping: true, restartsMidStream: false };
  return {
    kept: input.kept ?? null,
    keepsAnswer: input.kept !== null,
    leavesOutBookkeeping: input.leavesOutBookkeeping === true,
    restartsMidStream: input.onMidStreamFailure === MidStreamFailurePolicy.RESTART,
  };
}

function checkJobAndTeam(viewer: TeamViewer, { jobId, jobKey, jobType, teamId }: AnyCallInput): void {
  if (jobKey != null) requireJobKey(jobKey);
  if (jobId != null && jobType != null) throw invalid("input.jobType", "must not be given beside jobId", jobType);
  if (jobId != null && teamId != null) throw invalid("input.teamId", "must not be given beside jobId", teamId);
  if (jobId != null && !isUuid(jobId)) throw notFound("job", jobId);
  if (teamId != null && !reachesTeam(reachOf(viewer), { ...viewer, teamId })) throw notFound("team", teamId);
}

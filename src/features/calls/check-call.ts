import type { LimitSink } from "../../auth/call-limits.js";
import { authorize, reachOf } from "../../auth/policy.js";
import { reachesTeam } from "../../auth/reach.js";
import { scopeOf, type TeamViewer, type Viewer } from "../../auth/viewer.js";
import { invalid, validate } from "../../input/validate.js";
import { notFound } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import { claimOf } from "../idempotency/idempotency-keys.js";
import { requireGroupOfKey } from "../models/plan-lookup.js";
import type { CallToAdmit, OnDisconnect } from "./commit/admitted-call.js";
import { type LlmCallInput, MidStreamFailurePolicy } from "./question/call.input.js";
import { toChatRequest } from "./question/chat-request.js";
import { claimInputOf, JOB_TYPE_DEFAULT } from "./question/claim-input.js";

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
export function checkCall(viewer: Viewer, input: LlmCallInput, manner: Manner): CallToAdmit {
  authorize(viewer, "call.run");
  const request = toChatRequest(validate(input), manner.delivery === "streamed");
  checkJobAndTeam(viewer, input);
  requireGroupOfKey(viewer, input.modelGroup);
  return {
    viewer,
    claim: claimOf(scopeOf(viewer), "llm-call", manner.idempotencyKey, claimInputOf(input)),
    jobId: input.jobId ?? null,
    jobType: input.jobType ?? JOB_TYPE_DEFAULT,
    modelGroup: input.modelGroup,
    purpose: input.purpose ?? null,
    metadata: input.metadata ?? {},
    kept: input.kept ?? null,
    keepsAnswer: input.kept !== null,
    limitSink: manner.limitSink ?? null,
    request,
    leavesOutBookkeeping: input.leavesOutBookkeeping === true,
    restartsMidStream: input.onMidStreamFailure === MidStreamFailurePolicy.RESTART,
    onDisconnect: input.onDisconnect ?? manner.onDisconnect,
  };
}

function checkJobAndTeam(viewer: TeamViewer, { jobId, jobType, teamId }: LlmCallInput): void {
  if (jobId != null && jobType != null) throw invalid("input.jobType", "must not be given beside jobId", jobType);
  if (jobId != null && teamId != null) throw invalid("input.teamId", "must not be given beside jobId", teamId);
  if (jobId != null && !isUuid(jobId)) throw notFound("job", jobId);
  if (teamId != null && !reachesTeam(reachOf(viewer), { ...viewer, teamId })) throw notFound("team", teamId);
}

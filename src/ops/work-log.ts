import { statusOfCode } from "../lib/errors.js";
import type { Logger } from "../lib/log.js";
import { formatUsd } from "../lib/money.js";
import type { Events } from "../lib/observe/events.js";
import type { AttemptEnded, CallSettled, DeliveryTried, RequestEnded, SignInEnded } from "../lib/observe/facts.js";

/**
 * Writes one line for each request, for each settled call, for each person who signs in or cannot, and for each event that
 * did not arrive. A request that
 * the gateway failed is a warning. Pages and probes are logged at the level debug, because a probe comes every few seconds.
 */
export function logWork(events: Events, log: Logger): void {
  events.on("request", (request) => {
    const level = isOurFailure(request) ? "warn" : request.door === "other" ? "debug" : "info";
    if (log.isLevelEnabled(level)) log[level](lineOfRequest(request), "A request has ended.");
  });
  events.on("call", (call) => {
    if (log.isLevelEnabled("info")) log.info(lineOfCall(call), "A call was settled.");
  });
  events.on("signIn", (signIn) => {
    if (signIn.failure === null) log.info(lineOfSignIn(signIn), "A person has signed in.");
    else log.warn(lineOfSignIn(signIn), "A person could not sign in.");
  });
  events.on("delivery", (delivery) => {
    if (delivery.outcome !== "delivered") log.warn(lineOfDelivery(delivery), "An event did not arrive at a webhook.");
  });
}

/** GraphQL answers with the status 200, whatever its error is. */
const isOurFailure = ({ status, errorCode }: RequestEnded): boolean =>
  status >= 500 || (errorCode !== null && statusOfCode(errorCode) >= 500);

/** A field that is undefined is left out of a line. The names are written one by one, because lines come often. */
function lineOfRequest(request: RequestEnded): object {
  return {
    requestId: request.requestId,
    traceId: request.traceId ?? undefined,
    door: request.door,
    operation: request.operation,
    operationName: request.operationName ?? undefined,
    viewer: request.viewer,
    organizationId: request.organizationId ?? undefined,
    teamId: request.teamId ?? undefined,
    keyId: request.keyId ?? undefined,
    jobId: request.jobId ?? undefined,
    callId: request.callId ?? undefined,
    status: request.status,
    errorCode: request.errorCode ?? undefined,
    ms: Math.round(request.ms * 10) / 10,
    isAborted: request.isAborted || undefined,
    budget: request.budget ?? undefined,
    limitedBy: request.limitedBy ?? undefined,
    overLimits: request.overLimits.length > 0 ? request.overLimits : undefined,
  };
}

function lineOfCall(call: CallSettled): object {
  const failed = call.attempts.filter(({ status }) => status !== "SUCCEEDED");
  return {
    callId: call.callId,
    jobId: call.jobId,
    teamId: call.teamId,
    modelGroup: call.modelGroup,
    model: call.model,
    provider: call.provider,
    status: call.status,
    errorCode: call.errorCode ?? undefined,
    ms: call.ms ?? undefined,
    timeToFirstTokenMs: call.timeToFirstTokenMs ?? undefined,
    attempts: call.attempts.length,
    failedAttempts: failed.length > 0 ? failed.map(lineOfAttempt) : undefined,
    promptTokens: call.promptTokens,
    completionTokens: call.completionTokens,
    cachedPromptTokens: call.cachedPromptTokens || undefined,
    cacheWritePromptTokens: call.cacheWritePromptTokens || undefined,
    audioPromptTokens: call.audioPromptTokens || undefined,
    reasoningTokens: call.reasoningTokens || undefined,
    audioCompletionTokens: call.audioCompletionTokens || undefined,
    usageSource: call.usageSource ?? undefined,
    costUsd: call.costNanoUsd === null ? undefined : formatUsd(call.costNanoUsd),
    costSource: call.costSource ?? undefined,
    hasUnpricedPart: call.hasUnpricedPart || undefined,
  };
}

const lineOfAttempt = ({ model, upstream, status, errorKind, ms }: AttemptEnded): object => ({
  model,
  upstream,
  status,
  errorKind: errorKind ?? undefined,
  ms,
});

const lineOfSignIn = ({ requestId, failure, code, subject, role, organizationId }: SignInEnded): object => ({
  requestId,
  failure: failure ?? undefined,
  code: code ?? undefined,
  subject: subject ?? undefined,
  role: role ?? undefined,
  organizationId: organizationId ?? undefined,
});

/** The address of a webhook may have a secret in it, so it is left out. */
const lineOfDelivery = ({ webhookId, eventId, type, httpStatus, ms, outcome }: DeliveryTried): object => ({
  webhookId,
  eventId,
  eventType: type,
  status: httpStatus ?? undefined,
  ms,
  isGivenUp: outcome === "given_up" || undefined,
});

import { DomainError, toErrorCode } from "../../../lib/errors.js";
import type { JsonObject } from "../../../lib/json/json.js";
import type { AttemptEnded, CallSettled } from "../../../lib/observe/facts.js";
import type { UnknownFields } from "../../../upstream/provider.js";
import { type ToolCallOfAnswer, UNKNOWN_USAGE } from "../log/answer.js";
import type { CallOfTeam } from "../log/call-row.js";
import type { Attempt } from "./attempt.js";

/** How a call ended. */
export interface Outcome {
  readonly status: "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly model: string;
  /** The kind of the upstream that was asked last. Null if nobody knows. */
  readonly provider: string | null;
  readonly content: string | null;
  /** What the model said of its reasoning. */
  readonly reasoning: string | null;
  readonly toolCalls: readonly ToolCallOfAnswer[];
  /** What the upstream sent beside the answer. */
  readonly extensions: JsonObject;
  /** The answer to a question that is no chat. It is not stored as it is. */
  readonly result?: UnknownFields | undefined;
  readonly finishReason: string | null;
  readonly timeToFirstTokenMs: number | null;
  /** `data` is what clients are told beside code and message. */
  readonly error: { readonly code: string; readonly message: string; readonly data: JsonObject } | null;
  /** The call was cancelled by its own client, which had part of an answer by then. */
  readonly isCutByClient: boolean;
  /** In the order in which the models were asked. */
  readonly attempts: readonly Attempt[];
  /** How long the attempts took, and the waits between them. */
  readonly upstreamMs: number;
}

const NOTHING_SAID = { content: null, reasoning: null, toolCalls: [], extensions: {} } as const;

/**
 * The same outcome without any text of question or answer, for a call that keeps neither. An upstream's own sentence about an
 * error may repeat the question, so the code's sentence stands in its place.
 */
export const unkept = (outcome: Outcome): Outcome => ({
  ...outcome,
  ...NOTHING_SAID,
  error: outcome.error && {
    ...outcome.error,
    message: new DomainError(toErrorCode(outcome.error.code)).message,
    data: {},
  },
});

/** The same outcome without the answer itself, for an answer that the database does not take. It is paid for all the same. */
export const withoutAnswer = (outcome: Outcome): Outcome => ({
  ...outcome,
  ...NOTHING_SAID,
  finishReason: null,
  error: outcome.error && { ...outcome.error, data: {} },
});

interface Orphan {
  readonly model: string | null;
  readonly createdAt: Date;
}

/** The outcome of a call whose process died. It is FAILED, and nobody knows what the upstream billed. */
export function orphaned({ model, createdAt }: Orphan, now: Date): Outcome {
  const { code, message } = new DomainError("GATEWAY_RESTARTED");
  const attempt: Attempt = {
    model: model ?? "",
    upstream: null,
    provider: null,
    status: "FAILED",
    errorKind: "gateway-restarted",
    startedAt: createdAt,
    firstTokenAt: null,
    endedAt: now,
    usage: UNKNOWN_USAGE,
    cost: null,
  };
  return {
    status: "FAILED",
    model: attempt.model,
    provider: null,
    content: null,
    reasoning: null,
    toolCalls: [],
    extensions: {},
    finishReason: null,
    timeToFirstTokenMs: null,
    error: { code, message, data: {} },
    isCutByClient: false,
    attempts: [attempt],
    upstreamMs: 0,
  };
}

/** What is told of a call that was settled. */
export function callSettled(call: CallOfTeam, { model, attempts }: Outcome): CallSettled {
  return {
    callId: call.id,
    jobId: call.jobId,
    teamId: call.teamId,
    modelGroup: call.modelGroup,
    model,
    provider: providerName(call.provider),
    status: call.status,
    errorCode: call.errorCode,
    ms: call.latencyMs,
    timeToFirstTokenMs: call.timeToFirstTokenMs,
    attempts: attempts.map(attemptEnded),
    promptTokens: call.promptTokens ?? 0,
    completionTokens: call.completionTokens ?? 0,
    cachedPromptTokens: call.cachedPromptTokens ?? 0,
    cacheWritePromptTokens: call.cacheWritePromptTokens ?? 0,
    audioPromptTokens: call.audioPromptTokens ?? 0,
    reasoningTokens: call.reasoningTokens ?? 0,
    audioCompletionTokens: call.audioCompletionTokens ?? 0,
    usageSource: call.usageSource,
    costNanoUsd: call.costNanoUsd,
    costSource: call.costSource,
    hasUnpricedPart: call.hasUnpricedPart,
  };
}

/** How OpenTelemetry's conventions call the kinds. They say "openai" of every server that speaks OpenAI's format. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  "openai-compatible": "openai",
  "azure-openai": "azure.ai.openai",
};

export const providerName = (provider: string | null): string =>
  provider === null ? "unknown" : (PROVIDER_NAMES[provider] ?? provider);

function attemptEnded(attempt: Attempt): AttemptEnded {
  const { model, upstream, provider, status, errorKind, startedAt, firstTokenAt, endedAt, usage } = attempt;
  return {
    model,
    upstream: upstream ?? "unknown",
    provider: providerName(provider),
    status,
    errorKind,
    ms: endedAt.getTime() - startedAt.getTime(),
    firstTokenMs: firstTokenAt && firstTokenAt.getTime() - startedAt.getTime(),
    streamedMs: firstTokenAt && endedAt.getTime() - firstTokenAt.getTime(),
    promptTokens: usage?.promptTokens ?? 0,
    completionTokens: usage?.completionTokens ?? 0,
  };
}

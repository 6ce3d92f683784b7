import type { LlmCall } from "../log/call-row.js";
import type { CallToAdmit } from "./admitted-call.js";

interface Written extends Pick<CallToAdmit, "kind" | "modelGroup" | "purpose" | "metadata"> {
  readonly id: string;
  readonly jobId: string;
  readonly teamId: string;
  readonly keyId: string;
  readonly model: string;
  readonly provider: string;
}

/** The row of a call that has just been admitted. Nothing is known of its end. */
export const runningRow = (
  { id, jobId, teamId, keyId, kind, modelGroup, model, provider, purpose, metadata }: Written,
  written: Pick<LlmCall, "createdAt" | "leaseUntil" | "markupMillionths">,
): LlmCall => ({
  id,
  jobId,
  teamId,
  keyId,
  kind,
  status: "RUNNING",
  modelGroup,
  model,
  provider,
  purpose,
  metadata,
  content: null,
  reasoning: null,
  toolCalls: [],
  extensions: {},
  finishReason: null,
  promptTokens: null,
  completionTokens: null,
  cachedPromptTokens: null,
  cacheWritePromptTokens: null,
  oneHourCacheWritePromptTokens: null,
  audioPromptTokens: null,
  reasoningTokens: null,
  audioCompletionTokens: null,
  usageSource: null,
  costNanoUsd: null,
  costSource: null,
  hasUnpricedPart: false,
  latencyMs: null,
  timeToFirstTokenMs: null,
  errorCode: null,
  errorMessage: null,
  errorData: {},
  finishedAt: null,
  cancelRequestedBy: null,
  ...written,
});

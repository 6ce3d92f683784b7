import type { LlmCallAttempt as StoredAttempt, LlmCall as StoredCall } from "../../../generated/prisma/client.js";
import type { UnknownFields } from "../../../upstream/provider.js";

/** What is BIGINT in the database, because sums pass 2^31, and a number here, because none passes 2^53. */
export type Counts =
  | "promptTokens"
  | "completionTokens"
  | "cachedPromptTokens"
  | "cacheWritePromptTokens"
  | "oneHourCacheWritePromptTokens"
  | "audioPromptTokens"
  | "reasoningTokens"
  | "audioCompletionTokens";

type Counted<Stored> = Omit<Stored, Counts> & { [Count in Counts]: number | null };

/** A row of llm_calls as statements read it. */
export type LlmCall = Counted<StoredCall>;

/** Whether the process that ran a call is gone, and the answer with it. */
export const isLost = (call: LlmCall): boolean => call.errorCode === "GATEWAY_RESTARTED" && call.content === null;

/** A call and the team that it belongs to. */
export type CallOfTeam = LlmCall & { readonly teamId: string };

/** A call that is to be settled. */
export type CallToSettle = CallOfTeam & {
  /** False if its answer is only told to those who wait for it. */
  readonly keepsAnswer?: boolean;
};

/** A call that has ended. */
export type EndedCall = LlmCall & {
  /** What its team had left at that moment. Only the process that settled the call knows it. */
  readonly creditsRemaining?: number;
  /** The answer to a question that is no chat. Only the process that ran the call knows it. */
  readonly result?: UnknownFields;
};

/** A row of llm_call_attempts as statements read it. */
export type LlmCallAttempt = Counted<StoredAttempt>;

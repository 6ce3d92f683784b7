import { DomainError } from "../../../lib/errors.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { type ToolCallOfAnswer, UNKNOWN_USAGE } from "../log/answer.js";
import type { Attempt } from "./attempt.js";

/** How a call ended. */
export interface Outcome {
  readonly status: "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly model: string;
  readonly content: string | null;
  /** What the model said of its reasoning. */
  readonly reasoning: string | null;
  readonly toolCalls: readonly ToolCallOfAnswer[];
  /** What the upstream sent beside the answer. */
  readonly extensions: JsonObject;
  readonly finishReason: string | null;
  readonly timeToFirstTokenMs: number | null;
  /** `data` is what clients are told beside code and message. */
  readonly error: { readonly code: string; readonly message: string; readonly data: JsonObject } | null;
  /** The call was cancelled by its own client, which had part of an answer by then. */
  readonly isCutByClient: boolean;
  /** In the order in which the models were asked. */
  readonly attempts: readonly Attempt[];
}

/** The same outcome without the answer itself, for an answer that the database does not take. It is paid for all the same. */
export const withoutAnswer = (outcome: Outcome): Outcome => ({
  ...outcome,
  content: null,
  reasoning: null,
  toolCalls: [],
  extensions: {},
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
    content: null,
    reasoning: null,
    toolCalls: [],
    extensions: {},
    finishReason: null,
    timeToFirstTokenMs: null,
    error: { code, message, data: {} },
    isCutByClient: false,
    attempts: [attempt],
  };
}

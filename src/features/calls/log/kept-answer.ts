import { DomainError } from "../../../lib/errors.js";
import type { LlmCall } from "./call-row.js";

/**
 * Whether the row of a call lacks the answer that the call had: it was forgotten, or never written. A model that said nothing
 * has an empty text there.
 */
export const lacksAnswer = ({ status, content, toolCalls, extensions }: LlmCall): boolean =>
  status === "SUCCEEDED" &&
  content === null &&
  (toolCalls as readonly unknown[]).length === 0 &&
  (extensions as { readonly result?: unknown }).result === undefined;

/** To be thrown instead of an empty answer, which a client would take for what the model said. */
export const answerNotKept = ({ id, jobId }: LlmCall): DomainError =>
  new DomainError(
    "INVALID_STATE",
    "This request was answered before, and its answer is no longer kept: answers are kept for a limited time, and vectors and answers with store: false are not stored. Nothing was bought again. Ask with another idempotency key to buy the answer anew.",
    { callId: id, jobId },
  );

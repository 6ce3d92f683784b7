import { DomainError } from "../../../lib/errors.js";
import type { LlmCall } from "./call-row.js";

/** Whether the row of a call lacks what was answered in one piece: it was forgotten, or never written. */
export const lacksResult = ({ status, extensions }: LlmCall): boolean =>
  status === "SUCCEEDED" && (extensions as { readonly result?: unknown }).result === undefined;

/**
 * The same for an answer that is read as a stream. Of a completion that was streamed, the row has the text, as of a chat. A
 * model that said nothing has an empty text there.
 */
export const lacksAnswer = (call: LlmCall): boolean =>
  call.kind === "CHAT" || call.kind === "COMPLETION"
    ? call.status === "SUCCEEDED" && call.content === null && (call.toolCalls as readonly unknown[]).length === 0
    : lacksResult(call);

/** To be thrown instead of an empty answer, which a client would take for what the model said. */
export const answerNotKept = ({ id, jobId }: LlmCall): DomainError =>
  new DomainError(
    "INVALID_STATE",
    "This request was answered before, and its answer is no longer kept: answers are kept for a limited time, and vectors and answers with store: false are not stored. Nothing was bought again. Ask with another idempotency key to buy the answer anew.",
    { callId: id, jobId },
  );

import type { UnknownFields } from "../../../features/calls/log/call-event.js";
import { entryOf } from "../../../lib/json/entry-of.js";

/** Why Anthropic's models stop. */
const REASONS: ReadonlySet<unknown> = new Set([
  "end_turn",
  "max_tokens",
  "stop_sequence",
  "tool_use",
  "pause_turn",
  "refusal",
  "model_context_window_exceeded",
]);
const OF_OPENAI: Readonly<Record<string, string>> = {
  stop: "end_turn",
  length: "max_tokens",
  tool_calls: "tool_use",
  function_call: "tool_use",
  content_filter: "refusal",
};

interface Ended {
  readonly finishReason: string | null;
  /** What the upstream sent of the choice beside the finish_reason. */
  readonly choice: UnknownFields;
  readonly isRefusal: boolean;
}

/**
 * Says why the model stopped, in Anthropic's words. A model of Anthropic's has said it itself. vLLM tells which of the stop
 * sequences it met in `stop_reason`. Of other models nobody knows whether they met one.
 */
export function stopOf({ finishReason, choice, isRefusal }: Ended) {
  const { native_finish_reason: native, stop_sequence: met = choice.stop_reason } = choice;
  const sequence = typeof met === "string" && !REASONS.has(met) ? met : null;
  const plain = entryOf(OF_OPENAI, finishReason) ?? "end_turn";
  const reason = isRefusal ? "refusal" : plain === "end_turn" && sequence !== null ? "stop_sequence" : plain;
  const stopReason = REASONS.has(native) ? String(native) : reason;
  return {
    stop_reason: stopReason,
    stop_sequence: stopReason === "stop_sequence" ? sequence : null,
    stop_details: stopReason === "refusal" ? { type: "refusal", category: null, explanation: null } : null,
  };
}

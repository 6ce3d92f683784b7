import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { UnknownFields } from "../../../features/calls/log/call-event.js";
import type { DomainError } from "../../../lib/errors.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import { errorBody } from "../../chat/chat-error.js";
import { usageShape } from "../../chat/chat-shapes.js";
import type { AskedResponse } from "./asked-response.js";
import { responseId } from "./response-ids.js";

export type ResponseStatus = "in_progress" | "completed" | "incomplete" | "failed" | "cancelled";

/** What is told of a response at one moment. */
interface Moment {
  readonly status: ResponseStatus;
  readonly model: string;
  readonly output: readonly object[];
  /** What the upstream sent of the answer as a whole, and of its usage. */
  readonly ofAnswer?: UnknownFields;
  readonly ofUsage?: UnknownFields;
  readonly error?: Pick<DomainError, "code" | "message" | "status" | "data">;
}

/** The response that a call is. All its fields are always there, because SDKs read them without a look. */
export function responseShape(call: LlmCallRow, asked: AskedResponse, moment: Moment): object {
  const { include: _include, ...repeated } = asked;
  const { status, model, output, ofAnswer = {}, ofUsage, error } = moment;
  const isOver = status !== "in_progress";
  return {
    ...repeated,
    id: responseId(call.id),
    object: "response",
    created_at: seconds(call.createdAt),
    completed_at: status === "completed" && call.finishedAt ? seconds(call.finishedAt) : null,
    status,
    incomplete_details: status === "incomplete" ? { reason: incompleteReason(call) } : null,
    error: error ? errorShape(error) : null,
    model,
    output,
    usage: isOver ? responseUsage(call, ofUsage) : null,
    ...(typeof ofAnswer.service_tier === "string" && { service_tier: ofAnswer.service_tier }),
  };
}

export const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);

/** What the end of a call means for its response. */
export function statusOf({ status, finishReason }: LlmCallRow): ResponseStatus {
  if (status === "RUNNING") return "in_progress";
  if (status === "FAILED") return "failed";
  if (status === "CANCELLED") return "cancelled";
  return finishReason === "length" || finishReason === "content_filter" ? "incomplete" : "completed";
}

const incompleteReason = ({ finishReason }: LlmCallRow): string =>
  finishReason === "content_filter" ? "content_filter" : "max_output_tokens";

function errorShape(error: Pick<DomainError, "code" | "message" | "status" | "data">): JsonObject {
  const { message, code } = errorBody(error).error;
  return { code: code ?? "server_error", message };
}

/** The tokens of a call in the words of responses. */
export function responseUsage(call: LlmCallRow, details: UnknownFields = {}): object | null {
  if (call.promptTokens === null && call.completionTokens === null) return null;
  const usage = usageShape(call, details) as Record<string, unknown>;
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = usage;
  const ofInput = isObject(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const ofOutput = isObject(usage.completion_tokens_details) ? usage.completion_tokens_details : {};
  return {
    input_tokens: input,
    input_tokens_details: { ...ofInput, cached_tokens: ofInput.cached_tokens ?? 0 },
    output_tokens: output,
    output_tokens_details: { ...ofOutput, reasoning_tokens: ofOutput.reasoning_tokens ?? 0 },
    total_tokens: total,
  };
}

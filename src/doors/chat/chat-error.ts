import { type ErrorFacts, errorFacts } from "../../edge/http/error-facts.js";
import { type DomainError, ERRORS, type ErrorCode } from "../../lib/errors.js";

/**
 * OpenAI's own status, type and code for some of our errors, so that its SDKs throw the class that their users expect.
 */
const OPENAI: Partial<Record<ErrorCode, { readonly status?: number; readonly type?: string; readonly code?: string }>> =
  {
    INVALID_INPUT: { status: 400 },
    UNAUTHENTICATED: { code: "invalid_api_key" },
    MODEL_GROUP_NOT_ALLOWED: { status: 404, code: "model_not_found" },
    INSUFFICIENT_CREDITS: { status: 429, type: "insufficient_quota", code: "insufficient_quota" },
    UPSTREAM_RATE_LIMITED: { type: "rate_limit_error", code: "rate_limit_exceeded" },
    RATE_LIMITED: { type: "rate_limit_error", code: "rate_limit_exceeded" },
  };

export interface ChatError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  } & ErrorFacts;
}

type Refusal = Pick<DomainError, "code" | "message" | "status"> & Partial<Pick<DomainError, "data">>;

/**
 * Makes the body of an error in OpenAI's words. `param` names the field of the request that is at fault. If the upstream
 * refused the request, its own code and param are told, because agents act on them. `openAiCode` in the data is a code of
 * OpenAI's for which we have none. What only Tollgate tells stands beside
 * OpenAI's fields.
 */
export function errorBody({ code, message, status, data = {} }: Refusal, param: string | null = null): ChatError {
  const own = OPENAI[code];
  if (code === "UPSTREAM_REJECTED") return { error: { message, type: "invalid_request_error", ...rejection(data) } };
  const type = own?.type ?? ((own?.status ?? status) >= 500 ? "server_error" : "invalid_request_error");
  const ownCode = typeof data.openAiCode === "string" ? data.openAiCode : own?.code;
  return { error: { message, type, param, code: ownCode ?? code.toLowerCase(), ...errorFacts(data) } };
}

const rejection = ({ upstreamCode, upstreamParam }: DomainError["data"]) => ({
  param: typeof upstreamParam === "string" ? upstreamParam : null,
  code: typeof upstreamCode === "string" ? upstreamCode : null,
});

/**
 * Returns the HTTP status that OpenAI answers an error with. Fastify's own refusals, such as 413 and 415, keep theirs.
 */
export function chatStatusOf({ code, status }: Refusal): number {
  return (status === ERRORS[code].status && OPENAI[code]?.status) || status;
}

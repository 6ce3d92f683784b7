import type { FastifyReply, FastifyRequest } from "fastify";
import { faultsOf } from "../../edge/http/faults.js";
import { refusalOf } from "../../edge/http/http-error.js";
import { toDomainError } from "../../edge/public-error.js";
import { DomainError, ERRORS, type ErrorCode } from "../../lib/errors.js";

/** Where OpenAI has another status, type or code for what our table says, so that its SDKs throw the class they should. */
const OPENAI: Partial<Record<ErrorCode, { readonly status?: number; readonly type?: string; readonly code?: string }>> =
  {
    INVALID_INPUT: { status: 400 },
    UNAUTHENTICATED: { code: "invalid_api_key" },
    MODEL_GROUP_NOT_ALLOWED: { status: 404, code: "model_not_found" },
    INSUFFICIENT_CREDITS: { status: 429, type: "insufficient_quota", code: "insufficient_quota" },
    RATE_LIMITED: { type: "rate_limit_error", code: "rate_limit_exceeded" },
  };

/** Refusals that another try may get past. Of all else a repeat would buy the call again, or be refused again. */
const WORTH_RETRYING: ReadonlySet<ErrorCode> = new Set(["UNAVAILABLE", "OVERLOADED", "RATE_LIMITED"]);

export interface OpenAiError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

export function errorBody(
  { code, message, status }: Pick<DomainError, "code" | "message" | "status">,
  param: string | null = null,
): OpenAiError {
  const own = OPENAI[code];
  const type = own?.type ?? ((own?.status ?? status) >= 500 ? "server_error" : "invalid_request_error");
  return { error: { message, type, param, code: own?.code ?? code.toLowerCase() } };
}

/** Answers in OpenAI's shape. The SDKs retry 409 and 5xx by themselves, so `x-should-retry` says where that is in vain. */
export function sendOpenAiError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [fault] = faultsOf(error, request) ?? [];
  const refusal = fault ? invalid(fault) : (refusalOf(error) ?? toDomainError(error));
  const { code, data } = refusal;
  if (code === "INTERNAL") request.log.error({ err: error }, "A request failed.");
  if (typeof data.callId === "string") reply.header("x-tollgate-call-id", data.callId);
  if (!WORTH_RETRYING.has(code)) reply.header("x-should-retry", "false");
  const param = fault ? nameOf(fault.loc) : null;
  // Fastify's own refusals, such as 413 and 415, have a status of their own.
  const isOfTable = refusal.status === ERRORS[code].status;
  const status = (isOfTable && OPENAI[code]?.status) || refusal.status;
  return reply.code(status).send(errorBody(refusal, param));
}

function invalid({ loc, msg }: { loc: readonly (string | number)[]; msg: string }): DomainError {
  const name = nameOf(loc);
  return new DomainError("INVALID_INPUT", name === null ? msg : `${name} ${msg}`);
}

/** "messages[0].role" of the place ["body", "messages", 0, "role"]; null for the body itself. */
function nameOf([, ...place]: readonly (string | number)[]): string | null {
  if (place.length === 0) return null;
  return place
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}

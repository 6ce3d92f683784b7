import type { FastifyReply, FastifyRequest } from "fastify";
import type { Fault } from "../../edge/http/bodies/faults.js";
import { errorFacts } from "../../edge/http/error-facts.js";
import { DomainError, ERRORS, type ErrorCode } from "../../lib/errors.js";
import { isObject } from "../../lib/json/unknown-json.js";
import { prepareRefusal } from "../chat/prepare-refusal.js";

type Kind =
  | "invalid_request"
  | "authentication"
  | "billing"
  | "permission"
  | "not_found"
  | "conflict"
  | "rate_limit"
  | "timeout"
  | "overloaded"
  | "api";

/** Anthropic's type of each of our errors, and its status where that is another than ours. */
const ANTHROPIC: Readonly<Record<ErrorCode, readonly [kind: Kind, status?: number]>> = {
  UNAUTHENTICATED: ["authentication"],
  FORBIDDEN: ["permission"],
  NOT_FOUND: ["not_found"],
  ALREADY_EXISTS: ["invalid_request"],
  INVALID_INPUT: ["invalid_request", 400],
  INVALID_STATE: ["conflict"],
  CALLS_RUNNING: ["conflict"],
  IDEMPOTENCY_CONFLICT: ["conflict"],
  INSUFFICIENT_CREDITS: ["billing", 402],
  TEAM_SUSPENDED: ["permission"],
  BUDGET_EXCEEDED: ["billing", 402],
  RATE_LIMITED: ["rate_limit"],
  MODEL_GROUP_NOT_ALLOWED: ["not_found", 404],
  DOCUMENT_NOT_TRUSTED: ["permission"],
  UPSTREAM_REJECTED: ["invalid_request"],
  UPSTREAM_RATE_LIMITED: ["rate_limit"],
  UPSTREAM_FAILED: ["api"],
  UPSTREAM_TIMEOUT: ["timeout"],
  CANCELLED: ["api"],
  GATEWAY_RESTARTED: ["api"],
  UNAVAILABLE: ["api"],
  OVERLOADED: ["overloaded", 529],
  INTERNAL: ["api"],
};

type Refusal = Pick<DomainError, "code" | "message" | "status"> & Partial<Pick<DomainError, "data">>;

/** Makes the body of an error in Anthropic's words. What only Tollgate tells stands in its `details`. */
export function errorBody({ code, message, status, data = {} }: Refusal, requestId: string) {
  const { upstreamCode, details: own } = data;
  const details = {
    error_code: code.toLowerCase(),
    ...(isObject(own) && own),
    ...errorFacts(data),
    ...(typeof upstreamCode === "string" && { upstream_code: upstreamCode }),
  };
  const type = status === 413 ? "request_too_large" : `${ANTHROPIC[code][0]}_error`;
  return { type: "error", error: { type, message, details }, request_id: requestId } as const;
}

/** Answers an error in Anthropic's shape. */
export function sendAnthropicError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { refusal } = prepareRefusal(error, request, reply, invalidField);
  reply.header("request-id", request.id);
  return reply.code(statusOf(refusal)).send(errorBody(refusal, request.id));
}

/** Fastify's own refusals, such as 413 and 415, keep their status. */
const statusOf = ({ code, status }: Refusal): number =>
  (status === ERRORS[code].status && ANTHROPIC[code][1]) || status;

/** Names a field as Anthropic does, such as "messages.0.role". */
function invalidField({ loc: [, ...path], msg, type }: Fault, error: unknown): DomainError {
  const says = type === "missing" ? "Field required" : msg;
  const { details } = error instanceof DomainError ? error.data : {};
  const message = path.length === 0 ? says : `${path.join(".")}: ${says}`;
  return new DomainError("INVALID_INPUT", message, isObject(details) ? { details } : {});
}

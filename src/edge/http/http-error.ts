import type { FastifyReply, FastifyRequest } from "fastify";
import type { DomainError } from "../../lib/errors.js";
import { logFailure } from "../log-failure.js";
import { errorExtensions, toDomainError } from "../public-error.js";
import { setLimitHeaders } from "./limit-headers.js";
import { recordOf } from "./record-requests.js";

/** How many seconds a client should wait after a 503 before it tries again. */
export const RETRY_AFTER_S = 2;

/**
 * Tells a client to wait as long as a limit or the upstream asks, and where its limits stand. The server sets the header of
 * every 503.
 */
export function setErrorHeaders(reply: FastifyReply, refusal: Refusal): void {
  setLimitHeaders(reply);
  reply.headers(waitHeaders(refusal));
}

/** The headers that say how long a client should wait, if the refusal says it. */
export function waitHeaders({ data = {} }: Pick<Refusal, "data">): Readonly<Record<string, number>> {
  const { retryAfterMs } = data;
  if (typeof retryAfterMs !== "number") return {};
  return { "retry-after": Math.ceil(retryAfterMs / 1_000), "retry-after-ms": retryAfterMs };
}

type Refusal = Pick<DomainError, "code" | "status" | "message"> & Partial<Pick<DomainError, "data">>;

/**
 * Answers an error outside the doors, in the shape of a GraphQL answer. Fastify's own refusals (body too large,
 * malformed JSON) keep their status and sentence. Any other unexpected error is logged and masked.
 */
export function sendHttpError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error) ?? toDomainError(error);
  const { status, message } = refusal;
  if (status >= 500) logFailure(request.log, error, "A request failed.");
  setErrorHeaders(reply, refusal);
  recordOf(request).fail(refusal.code, refusal.data);
  const extensions = { ...errorExtensions(refusal), requestId: request.id };
  return reply.code(status).send({ errors: [{ message, extensions }] });
}

/** Returns Fastify's own refusal, with its status and sentence, or undefined for every other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  if (!(error instanceof Error) || status < 400 || status >= 500) return undefined;
  return { code: "INVALID_INPUT", status, message: error.message };
}

import type { FastifyReply, FastifyRequest } from "fastify";
import { faultsOf } from "../../edge/http/faults.js";
import { refusalOf } from "../../edge/http/http-error.js";
import { toDomainError } from "../../edge/public-error.js";

/**
 * Answers in this door's shape: `{"detail": "..."}`, or for input that is not valid a list that names each field. The
 * code of the error table is in a header, and so is the call's id where a call was made.
 */
export function sendRestError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const faults = faultsOf(error, request);
  if (faults) return reply.code(422).header("x-tollgate-error-code", "INVALID_INPUT").send({ detail: faults });
  const { code, status, message, data } = refusalOf(error) ?? toDomainError(error);
  if (code === "INTERNAL") request.log.error({ err: error }, "A request failed.");
  if (typeof data.callId === "string") reply.header("x-tollgate-call-id", data.callId);
  return reply.code(status).header("x-tollgate-error-code", code).send({ detail: message });
}

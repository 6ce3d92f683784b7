import type { FastifyReply, FastifyRequest } from "fastify";
import { faultsOf } from "../../edge/http/faults.js";
import { refusalOf, setRetryAfter } from "../../edge/http/http-error.js";
import { toDomainError } from "../../edge/public-error.js";
import { errorShape, validationErrorShape } from "./error.shapes.js";

/**
 * Answers an error in this door's shape, `{"detail": "..."}`. If the input is not valid, `detail` is a list that names
 * each field. A header tells the code of the error table.
 */
export function sendRestError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const faults = faultsOf(error, request);
  if (faults)
    return reply.code(422).header("x-tollgate-error-code", "INVALID_INPUT").send(validationErrorShape(faults));
  const refusal = refusalOf(error) ?? toDomainError(error);
  const { code, status, message, data } = refusal;
  setRetryAfter(reply, refusal);
  if (code === "INTERNAL") request.log.error({ err: error }, "A request failed.");
  return reply.code(status).header("x-tollgate-error-code", code).send(errorShape(message, data));
}

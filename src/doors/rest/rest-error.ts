import type { FastifyReply, FastifyRequest } from "fastify";
import { faultsOf } from "../../edge/http/bodies/faults.js";
import { refusalOf, setErrorHeaders } from "../../edge/http/http-error.js";
import { recordOf } from "../../edge/http/record-requests.js";
import { toDomainError } from "../../edge/public-error.js";
import { errorShape, validationErrorShape } from "./error.shapes.js";

/**
 * Answers an error in this door's shape, `{"detail": "..."}`. If the input is not valid, `detail` is a list that names
 * each field. A header tells the code of the error table.
 */
export function sendRestError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const faults = faultsOf(error, request);
  const refusal = refusalOf(error) ?? toDomainError(error);
  const { status, message, data } = refusal;
  const code = faults ? "INVALID_INPUT" : refusal.code;
  recordOf(request).fail(code, data);
  if (faults) return reply.code(422).header("x-tollgate-error-code", code).send(validationErrorShape(faults));
  setErrorHeaders(reply, refusal);
  if (code === "INTERNAL") request.log.error({ err: error }, "A request failed.");
  return reply.code(status).header("x-tollgate-error-code", code).send(errorShape(message, data));
}

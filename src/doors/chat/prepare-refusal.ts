import type { FastifyReply, FastifyRequest } from "fastify";
import { type Fault, faultsOf } from "../../edge/http/bodies/faults.js";
import { refusalOf, setErrorHeaders } from "../../edge/http/http-error.js";
import { recordOf } from "../../edge/http/record-requests.js";
import { toDomainError } from "../../edge/public-error.js";
import type { DomainError } from "../../lib/errors.js";
import { isWorthRetrying } from "./is-worth-retrying.js";

interface Prepared {
  readonly refusal: Pick<DomainError, "code" | "message" | "status"> & Partial<Pick<DomainError, "data">>;
  /** The field that is at fault, if one is. */
  readonly fault: Fault | undefined;
}

/**
 * Finds out what a request of `/v1` is refused with, sets the headers that say so, and records it. `invalidField` tells of
 * a wrong field in the door's words. The SDKs repeat a request after 409 and 5xx unless `x-should-retry` is "false".
 */
export function prepareRefusal(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  invalidField: (fault: Fault, error: unknown) => DomainError,
): Prepared {
  const [fault] = faultsOf(error, request) ?? [];
  const refusal = fault ? invalidField(fault, error) : (refusalOf(error) ?? toDomainError(error));
  setErrorHeaders(reply, refusal);
  recordOf(request).fail(refusal.code, refusal.data);
  if (refusal.code === "INTERNAL") request.log.error({ err: error }, "A request failed.");
  if (!isWorthRetrying(refusal.code)) reply.header("x-should-retry", "false");
  return { refusal, fault };
}

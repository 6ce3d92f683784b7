import { isDatabaseUnavailable } from "../db/failure.js";
import { DomainError, ERRORS } from "../lib/errors.js";
import { currentTraceId } from "../lib/observe/tracing.js";

/**
 * Returns what a client is told about a failure. A DomainError is told unchanged. Any other failure becomes UNAVAILABLE
 * if the database caused it, and INTERNAL otherwise, without any detail.
 */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isDatabaseUnavailable(error))
    return new DomainError("UNAVAILABLE", "The gateway's database does not answer at the moment.");
  return new DomainError("INTERNAL");
}

type Shown = Pick<DomainError, "code" | "status"> & Partial<Pick<DomainError, "data">>;

/** Returns the `extensions` of an error, for GraphQL and for every answer in its shape. They name the trace, if there is one. */
export const errorExtensions = ({ code, status, data }: Shown) => {
  const traceId = currentTraceId();
  return { ...data, code, status, retryable: ERRORS[code].retryable, ...(traceId !== null && { traceId }) };
};

import { isDatabaseUnavailable } from "../db/failure.js";
import { DomainError, ERRORS } from "../lib/errors.js";

/**
 * Returns what a client is told of a failure. A DomainError is told as it is. Any other failure is UNAVAILABLE if it is
 * the database's, or else INTERNAL, and tells nothing more.
 */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isDatabaseUnavailable(error))
    return new DomainError("UNAVAILABLE", "The gateway's database does not answer at the moment.");
  return new DomainError("INTERNAL");
}

type Shown = Pick<DomainError, "code" | "status"> & Partial<Pick<DomainError, "data">>;

/** The `extensions` of an error, as GraphQL and every answer in its shape have them. */
export const errorExtensions = ({ code, status, data }: Shown) => ({
  ...data,
  code,
  status,
  retryable: ERRORS[code].retryable,
});

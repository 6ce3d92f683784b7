import { isDatabaseUnavailable } from "../db/failure.js";
import { DomainError } from "../lib/errors.js";

/** What any failure is to a client: itself where it is one of ours, else UNAVAILABLE or INTERNAL without a word more. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isDatabaseUnavailable(error))
    return new DomainError("UNAVAILABLE", "The gateway's database does not answer at the moment.");
  return new DomainError("INTERNAL");
}

import type { LlmCall } from "../../generated/prisma/client.js";
import { DomainError, ERRORS, type ErrorCode } from "../../lib/errors.js";

/** Passes a call that succeeded; throws what ended another, for doors that answer with the outcome itself. */
export function requireSucceeded({ id, errorCode, errorMessage }: LlmCall): void {
  if (errorCode === null) return;
  const code = errorCode in ERRORS ? (errorCode as ErrorCode) : "INTERNAL";
  throw new DomainError(code, errorMessage ?? undefined, { callId: id });
}

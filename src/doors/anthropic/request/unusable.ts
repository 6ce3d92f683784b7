import type { FieldPath } from "../../../edge/http/bodies/faults.js";
import { DomainError, quote } from "../../../lib/errors.js";

/** Makes the error for a field that this door cannot use. It names the field as Anthropic does: messages.0.content.1. */
export function unusable(path: FieldPath, rule: string, got: unknown): DomainError {
  return new DomainError("INVALID_INPUT", `${path.join(".")}: ${rule}, got ${quote(got)}.`);
}

/**
 * Makes the error for what Anthropic offers and this gateway does not. `details` are what Anthropic's clients read of it.
 */
export function notOffered(path: FieldPath, why: string, details?: object): DomainError {
  return new DomainError("INVALID_INPUT", `${path.join(".")}: ${why}`, { ...(details && { details }) });
}

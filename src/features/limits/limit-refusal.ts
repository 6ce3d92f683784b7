import type { LimitKind, LimitOwner } from "../../auth/call-limits.js";
import { DomainError } from "../../lib/errors.js";
import type { Events } from "../../lib/observe/events.js";

/** When to come back if nobody knows: when something else of the holder has ended. */
const TRY_AGAIN_MS = 1_000;

interface Refusal {
  readonly limit: LimitKind;
  /** Undefined if it belongs to no credential, as that of a single socket. */
  readonly of?: LimitOwner;
  /** How much the limit allows, and how much of it is taken. */
  readonly allowed: number;
  readonly used: number;
  /** In how many milliseconds it may be free again. Undefined if that depends on when something ends. */
  readonly retryAfterMs?: number;
  readonly message: string;
}

/** The one answer of all limits, at every door. */
export function rateLimited({ message, retryAfterMs = TRY_AGAIN_MS, ...figures }: Refusal): DomainError {
  return new DomainError("RATE_LIMITED", message, { ...figures, retryAfterMs: Math.max(1, Math.ceil(retryAfterMs)) });
}

/** The same, and tells those who watch that a limit has refused something. */
export function limitReached(events: Events, refusal: Refusal): DomainError {
  events.tell("limit", { limit: refusal.limit, of: refusal.of ?? null, isEnforced: true });
  return rateLimited(refusal);
}

import type { CallLimit } from "../../../auth/call-limits.js";

/** The minute of a limit begins with its first call. */
export const WINDOW_MS = 60_000;

/** Where a limit of a call stands. */
export interface Standing {
  readonly limit: CallLimit;
  /** How much of it the call takes. */
  readonly cost: number;
  /** Whether the call goes beyond it. Then it was not counted. */
  readonly isOver: boolean;
  /** How much is taken, this call included if it was counted. */
  readonly used: number;
  /** In how many milliseconds its minute is over. 0 for calls at once. */
  readonly resetMs: number;
  /** When its minute is over, by the clock of the counters. It tells one minute from another. */
  readonly endsAt: number;
}

/** A later correction of what a call has taken. */
export interface Change {
  readonly limit: CallLimit;
  /** The minute in which the call was counted. */
  readonly endsAt: number;
  readonly by: number;
}

/**
 * How much of a limit a call takes that may need so many tokens. One that needs more than the whole limit may run if nothing
 * else has run in its minute.
 */
export const costOf = ({ kind, max }: CallLimit, tokens: number): number =>
  kind === "TOKENS" ? Math.min(tokens, max) : 1;

import type { CallLimit } from "../../../auth/call-limits.js";

/** The minute of a limit begins with its first call. */
export const WINDOW_MS = 60_000;

/** A limit that a call is to be counted by. */
export interface Asked extends CallLimit {
  /** Whose limit it is: the id of a team or of a key. */
  readonly holder: string;
  /** How much of it the call takes. */
  readonly cost: number;
}

/** Where a limit stands. */
export interface Counted {
  /** Whether the call goes beyond it. Then it was not counted. */
  readonly isOver: boolean;
  readonly used: number;
  /** In how many milliseconds its minute is over. 0 for calls at once. */
  readonly resetMs: number;
  /** When its minute is over, by the clock of the counters. It tells one minute from another. */
  readonly endsAt: number;
}

/** A later correction of what a call has taken. */
export interface Change {
  readonly asked: Asked;
  /** The minute in which the call was counted. */
  readonly endsAt: number;
  readonly by: number;
}

/** Whether a call is refused. Then none of its limits was taken from. */
export const isRefused = (asked: readonly Asked[], counted: readonly Counted[]): boolean =>
  asked.some(({ isEnforced }, index) => isEnforced && counted[index]?.isOver);

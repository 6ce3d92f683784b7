import { invalid } from "./validate.js";

/** The longest that a secret counts beside the one that replaces it: a week. */
export const GRACE_SECONDS_MAX = 604_800;

/** Throws INVALID_INPUT unless a grace is a whole number of seconds, and no longer than that. */
export function requireGrace(graceSeconds: number): void {
  if (!Number.isInteger(graceSeconds) || graceSeconds < 0 || graceSeconds > GRACE_SECONDS_MAX)
    throw invalid("graceSeconds", `must be from 0 to ${GRACE_SECONDS_MAX}`, graceSeconds);
}

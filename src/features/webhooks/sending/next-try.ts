const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long to wait after each failed try. Together they are almost 24 hours. */
const WAITS_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  8 * HOUR,
];

/** How often an event is tried in these 24 hours. */
export const TRIES_OF_RUN_MAX = WAITS_MS.length + 1;

/** So that the events that failed together are not all tried together. */
const JITTER = 0.1;

/**
 * How many milliseconds after a failed try the next one is due, or null if it was the last one. `tries` is how many there
 * were, this one included; the receiver may ask to wait longer. `random` is from 0 to 1.
 */
export function waitAfter(tries: number, retryAfterMs = 0, random = Math.random()): number | null {
  const wait = WAITS_MS[tries - 1];
  return wait === undefined ? null : Math.max(Math.round(wait * (1 + JITTER * random)), retryAfterMs);
}

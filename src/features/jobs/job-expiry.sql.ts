/**
 * When an open job runs out of time, as SQL: a while after its last admission or settlement (`ttlMs`), but no later than
 * its greatest age (`maxAgeMs` after its creation). The arguments are SQL, such as "$3::timestamptz" and "$4".
 */
export const expiresAt = (now: string, createdAt: string, ttlMs: string, maxAgeMs: string): string =>
  `LEAST(${now} + ${ttlMs} * interval '1 ms', ${createdAt} + ${maxAgeMs} * interval '1 ms')`;

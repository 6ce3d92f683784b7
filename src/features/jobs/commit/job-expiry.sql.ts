/**
 * When an open job runs out of time, as SQL: a while after its last admission or settlement (`ttlMs`), but no later than
 * its greatest age (`maxAgeMs` after its creation). The arguments are SQL, such as "created_at" and "$4".
 */
export const expiresAt = (createdAt: string, ttlMs: string, maxAgeMs: string): string =>
  `LEAST(tollgate_now() + ${ttlMs} * interval '1 ms', ${createdAt} + ${maxAgeMs} * interval '1 ms')`;

/** Whether the time of an open job has run out. */
export const HAS_EXPIRED = "expires_at <= tollgate_now()";

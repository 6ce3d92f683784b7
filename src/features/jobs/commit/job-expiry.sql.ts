/**
 * When a job runs out of time that is opened now, as SQL: a while after it was last used (`ttlMs`), but no later than its
 * greatest age (`maxAgeMs` after its creation). The arguments are SQL, such as "created_at" and "$4".
 */
export const expiresAt = (createdAt: string, ttlMs: string, maxAgeMs: string): string =>
  sooner(`tollgate_now() + ${ttlMs} * interval '1 ms'`, createdAt, maxAgeMs);

const MINUTE_MS = 60_000;

/**
 * The same for an open job of which a call begins or ends now. The while is rounded up, by a thousandth of it or a minute at
 * most. So most uses leave the time as it is, and with it the indexes of the job: to write them takes longer than the rest.
 */
export const expiresAfterUse = (createdAt: string, ttlMs: string, maxAgeMs: string): string => {
  const stepMs = `LEAST(${MINUTE_MS}, GREATEST(1, ${ttlMs} / 1000))`;
  const exactMs = `extract(epoch FROM tollgate_now() + ${ttlMs} * interval '1 ms') * 1000`;
  return sooner(`to_timestamp(ceil(${exactMs} / ${stepMs}) * ${stepMs} / 1000)`, createdAt, maxAgeMs);
};

const sooner = (afterUse: string, createdAt: string, maxAgeMs: string): string =>
  `LEAST(${afterUse}, ${createdAt} + ${maxAgeMs} * interval '1 ms')`;

/** Whether the time of an open job has run out. */
export const HAS_EXPIRED = "expires_at <= tollgate_now()";

import type { LimitState } from "../../auth/call-limits.js";
import type { RequestRecord } from "../../edge/request-record.js";

/**
 * The extensions of a result that tell where the limits of calls stand: `rateLimit`, with `requests`, `tokens` and
 * `concurrency`. Each has `of`, `limit`, `remaining` and `resetMs`. A result has them if a call was made for it.
 */
export function limitExtension(record: RequestRecord): { readonly rateLimit?: object } {
  const state = record.newLimits();
  return state && hasFigures(state) ? { rateLimit: figuresOf(state) } : {};
}

const hasFigures = ({ requests, tokens, concurrency }: LimitState): boolean =>
  (requests ?? tokens ?? concurrency) !== undefined;

const figuresOf = ({ requests, tokens, concurrency }: LimitState) => ({
  ...(requests && { requests }),
  ...(tokens && { tokens }),
  ...(concurrency && { concurrency }),
});

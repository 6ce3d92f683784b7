import type { ErrorCode } from "../../lib/errors.js";

/** Errors after which a repeat may succeed. After any other, a repeat would buy the call again or be refused again. */
const WORTH_RETRYING: ReadonlySet<ErrorCode> = new Set([
  "UNAVAILABLE",
  "OVERLOADED",
  "RATE_LIMITED",
  "UPSTREAM_RATE_LIMITED",
]);

/**
 * Whether a client may repeat a request after this error. OpenAI's and Anthropic's SDKs repeat it after 409, 429 and 5xx,
 * unless `x-should-retry` is "false".
 */
export const isWorthRetrying = (code: ErrorCode): boolean => WORTH_RETRYING.has(code);

import type { FastifyReply } from "fastify";
import type { LimitFigures } from "../../auth/call-limits.js";
import { recordOf } from "./record-requests.js";

/** Tells where the limits stand, under the names and in the forms that OpenAI uses. Without limits it tells nothing. */
export function setLimitHeaders(reply: FastifyReply): void {
  const { limits } = recordOf(reply.request);
  if (!limits) return;
  if (limits.requests) reply.headers(headersOf("requests", limits.requests));
  if (limits.tokens) reply.headers(headersOf("tokens", limits.tokens));
}

const headersOf = (kind: "requests" | "tokens", { limit, remaining, resetMs }: LimitFigures) => ({
  [`x-ratelimit-limit-${kind}`]: String(limit),
  [`x-ratelimit-remaining-${kind}`]: String(remaining),
  [`x-ratelimit-reset-${kind}`]: durationOf(resetMs),
});

/** Writes a time as OpenAI does, which is Go's way: "12ms", "1.25s" or "6m0s". */
function durationOf(ms: number): string {
  const whole = Math.max(0, Math.ceil(ms));
  if (whole < 1_000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = `${(whole % 60_000) / 1_000}s`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

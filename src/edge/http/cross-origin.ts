import type { FastifyCorsOptions } from "@fastify/cors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../../lib/errors.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
/** All headers of ours that an answer may have. Pages of other origins see no others. */
const EXPOSED_HEADERS = [
  "request-id",
  "retry-after",
  "retry-after-ms",
  "x-job-id",
  "x-request-id",
  "x-should-retry",
  "x-tollgate-call-id",
  "x-tollgate-cost-usd",
  "x-tollgate-credits-remaining",
  "x-tollgate-error-code",
  "x-total-count",
  "x-trace-id",
];
/** How long a browser may keep the answer to a preflight, in seconds. */
const PREFLIGHT_KEPT_S = 600;

/**
 * Returns what a page may read and send, by its origin. Whatever headers it wants to send are allowed, such as the
 * `x-stainless-...` of OpenAI's SDK, because the list cannot name them by a prefix.
 */
export function crossOriginOf({ headers }: FastifyRequest, origins: readonly string[]): FastifyCorsOptions {
  return {
    // If this is false, the answer has no CORS headers.
    origin: isAllowed(headers.origin, origins),
    credentials: true,
    methods: METHODS,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_KEPT_S,
  };
}

/**
 * Answers OPTIONS requests that are no preflight of an allowed page. Refuses the preflight of any other page, in words
 * that its developer finds in the browser's list of requests.
 */
export async function answerOptions(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  origins: readonly string[],
): Promise<unknown> {
  if (method !== "OPTIONS") return undefined;
  if (headers.origin !== undefined && !isAllowed(headers.origin, origins))
    throw new DomainError(
      "FORBIDDEN",
      "Pages of this origin may not send requests. CORS_ORIGINS names those that may.",
    );
  return reply
    .code(204)
    .header("allow", [...METHODS, "OPTIONS"].join(", "))
    .send();
}

const isAllowed = (origin: string | undefined, origins: readonly string[]): boolean =>
  origin !== undefined && origins.includes(origin);

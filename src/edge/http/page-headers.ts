import { createHash } from "node:crypto";
import type { onRequestAsyncHookHandler } from "fastify";

/**
 * Makes a hook that sets the security headers of an HTML page, in place of those that helmet set. The server's own
 * policy forbids everything, which suits JSON. A page opens only what it needs.
 */
export function pageHeaders(headers: Record<string, string>): onRequestAsyncHookHandler {
  return async (_request, reply) => {
    reply.headers(headers);
  };
}

/** Returns the headers of a page with this policy for its content. */
export function headersOf(openerPolicy: string, policy: Record<string, string>): Record<string, string> {
  return {
    "content-security-policy": Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": openerPolicy,
  };
}

/** Returns what allows one text inside a page, as a script or a style. */
export const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

import type { onRequestAsyncHookHandler } from "fastify";
import { DomainError } from "../../lib/errors.js";
import { LOOPBACK_NAMES } from "../../lib/loopback.js";

/**
 * While the published default admin key is in use, answers only requests made to a loopback name: a page of another
 * site could otherwise reach this machine under a name of its own and use the key that everyone knows.
 */
export const loopbackOnly: onRequestAsyncHookHandler = async (request) => {
  if (isLoopbackHost(request.headers.host)) return;
  throw new DomainError(
    "FORBIDDEN",
    "While ADMIN_KEY is the default, the gateway answers under a loopback name only. Set ADMIN_KEY to a key of your own.",
  );
};

/** Whether a Host header names this machine to itself, with any port. */
export function isLoopbackHost(host: string | undefined): boolean {
  return LOOPBACK_NAMES.has(/^(\[[^\]]*\]|[^:]*)/.exec(host ?? "")?.[1]?.toLowerCase() ?? "");
}

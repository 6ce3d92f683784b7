import type { onRequestAsyncHookHandler } from "fastify";
import { DomainError } from "../../lib/errors.js";
import { LOOPBACK_NAMES } from "../../lib/loopback.js";

/**
 * Refuses requests that are not made to a loopback name while the published default admin key is in use. Otherwise a page
 * of another site could reach this machine under a name of its own and use the key that everyone knows.
 */
export const loopbackOnly: onRequestAsyncHookHandler = async (request) => {
  if (isLoopbackHost(request.headers.host)) return;
  throw loopbackRequired();
};

export const loopbackRequired = (): DomainError =>
  new DomainError(
    "FORBIDDEN",
    "While ADMIN_KEY is the default, the gateway answers under a loopback name only. Set ADMIN_KEY to a key of your own.",
  );

/** Whether a Host header names this machine to itself, with any port. */
export function isLoopbackHost(host: string | undefined): boolean {
  return LOOPBACK_NAMES.has(/^(\[[^\]]*\]|[^:]*)/.exec(host ?? "")?.[1]?.toLowerCase() ?? "");
}

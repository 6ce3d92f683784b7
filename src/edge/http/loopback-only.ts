import type { onRequestAsyncHookHandler } from "fastify";
import { DomainError } from "../../lib/errors.js";
import { LOOPBACK_NAMES } from "../../lib/loopback.js";

/**
 * Refuses requests under other names than loopback ones while the published default admin key is in use. Otherwise a
 * page of another site could reach this machine under the site's own name, and use the key that everyone knows.
 */
export const loopbackOnly: onRequestAsyncHookHandler = async (request) => {
  if (isLoopbackHost(request.headers.host)) return;
  throw loopbackRequired();
};

/** The refusal of a request, or of a socket, under another name. */
export const loopbackRequired = (): DomainError =>
  new DomainError(
    "FORBIDDEN",
    "While ADMIN_KEY is the default, the gateway answers under loopback names only. Set ADMIN_KEY to your own key.",
  );

/** Whether a Host header has a loopback name, with any port. */
export function isLoopbackHost(host: string | undefined): boolean {
  return LOOPBACK_NAMES.has(/^(\[[^\]]*\]|[^:]*)/.exec(host ?? "")?.[1]?.toLowerCase() ?? "");
}

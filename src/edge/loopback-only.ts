import type { onRequestAsyncHookHandler } from "fastify";
import { DomainError } from "../lib/errors.js";
import { LOOPBACK_NAMES } from "../lib/loopback.js";

/**
 * While the published default admin key is in use, answers only requests made to a loopback name: a page of another
 * site could otherwise reach this machine under a name of its own and use the key that everyone knows.
 */
export const loopbackOnly: onRequestAsyncHookHandler = async (request) => {
  const name = /^(\[[^\]]*\]|[^:]*)/.exec(request.headers.host ?? "")?.[1]?.toLowerCase() ?? "";
  if (LOOPBACK_NAMES.has(name)) return;
  throw new DomainError(
    "FORBIDDEN",
    "While ADMIN_KEY is the default, the gateway answers under a loopback name only. Set ADMIN_KEY to a key of your own.",
  );
};

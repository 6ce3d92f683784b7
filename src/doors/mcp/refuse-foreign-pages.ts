import type { FastifyRequest } from "fastify";
import { isLoopbackHost } from "../../edge/http/loopback-only.js";
import { DomainError } from "../../lib/errors.js";

/**
 * Refuses a request of a page that CORS_ORIGINS does not name. MCP demands it against pages that point a name of their own
 * at a server in the reader's network: their Origin and their Host agree, so that only a list tells them apart. Pages on
 * the same machine are let in if they name it as such.
 */
export function refuseForeignPages({ headers }: FastifyRequest, origins: readonly string[]): void {
  const { origin, host } = headers;
  if (origin === undefined || origins.includes(origin)) return;
  const from = URL.canParse(origin) ? new URL(origin).host : undefined;
  if (from !== undefined && isLoopbackHost(from) && isLoopbackHost(host)) return;
  throw new DomainError("FORBIDDEN", "Pages of this origin may not use MCP here. CORS_ORIGINS names those that may.");
}

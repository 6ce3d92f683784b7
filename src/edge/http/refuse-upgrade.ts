import { once } from "node:events";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Config } from "../../config/config.js";
import { endedOrAfter } from "../../lib/async/ended-or-after.js";
import { DomainError } from "../../lib/errors.js";
import { gatewayStopping, type Intake } from "../../lib/intake.js";
import { errorExtensions } from "../public-error.js";
import { RETRY_AFTER_S, waitHeaders } from "./http-error.js";
import { isLoopbackHost, loopbackRequired } from "./loopback-only.js";

/** How long a client that was refused a socket may keep its side of the connection open. */
const CLOSING_MS = 1_000;

interface Upgradable {
  readonly config: Config;
  readonly intake: Intake;
}

/**
 * Returns why a request for a socket is refused, or null if it may have one. Browsers let any page open a socket to
 * anywhere, so an Origin must be our own or one of CORS_ORIGINS. The default admin key serves loopback names only, here
 * too.
 */
export function upgradeRefusal({ config, intake }: Upgradable, { headers }: IncomingMessage): DomainError | null {
  const { origin, host } = headers;
  if (config.adminKeyIsDefault && !isLoopbackHost(host)) return loopbackRequired();
  const isOwn = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  if (!isOwn && !config.corsOrigins.includes(origin))
    return new DomainError(
      "FORBIDDEN",
      "Pages of this origin may not open a socket. CORS_ORIGINS names those that may.",
    );
  return intake.isOpen ? null : gatewayStopping();
}

/**
 * Answers a request for a socket with plain HTTP, and closes the connection. Its client has a second to close its own side:
 * one that is still sending when its connection is cut loses the answer. After that it is cut here, because nobody else
 * would: Node forgets the connections that asked for a socket.
 */
export function refuseUpgrade(socket: Duplex, requestId: string, refusal: DomainError): void {
  const { status, message } = refusal;
  const body = JSON.stringify({ errors: [{ message, extensions: { ...errorExtensions(refusal), requestId } }] });
  const waits = status === 503 ? { "retry-after": RETRY_AFTER_S, ...waitHeaders(refusal) } : waitHeaders(refusal);
  const answer = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    `X-Request-Id: ${requestId}`,
    ...Object.entries(waits).map(([header, value]) => `${header}: ${value}`),
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
  socket.resume().end(answer);
  void endedOrAfter(CLOSING_MS, once(socket, "close")).then(() => socket.destroy());
}

import type { FastifyInstance } from "fastify";
import type { Gate } from "../../edge/context.js";
import { readExactJson } from "../../edge/http/bodies/json-body.js";
import { makeContext } from "../../edge/http/provide-context.js";
import { DomainError } from "../../lib/errors.js";

/** What a request may send without a valid credential. The whole text of a document fits. */
const BODY_OF_STRANGER_BYTES_MAX = 512 * 1024;

/** Finds out who is asking before the body of a request is received, and reads bodies within limits. */
export function receiveOperations(server: FastifyInstance, gate: Gate): void {
  makeContext(server, gate, ({ viewer }, { headers }) => {
    const isLong = Number(headers["content-length"] ?? 0) > BODY_OF_STRANGER_BYTES_MAX;
    if (viewer.kind === "anonymous" && (isLong || headers["transfer-encoding"] !== undefined))
      throw new DomainError(
        "UNAUTHENTICATED",
        `Without a valid credential a body has a Content-Length of at most ${BODY_OF_STRANGER_BYTES_MAX} bytes.`,
      );
  });
  server.removeContentTypeParser("application/json");
  readExactJson(server);
}

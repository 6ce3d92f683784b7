import type { FastifyInstance } from "fastify";
import type { Gate } from "../../edge/context.js";
import { readExactJson } from "../../edge/http/bodies/json-body.js";
import { makeContext } from "../../edge/http/provide-context.js";
import { refuseLongBody } from "./limits/limits-of-viewer.js";
import { viewerOfToken } from "./streams/token-of-stream.js";

/** Finds out who is asking before the body of a request is received, and reads bodies within limits. */
export function receiveOperations(server: FastifyInstance, gate: Gate): void {
  makeContext(server, gate, {
    takesSession: () => true,
    proven: (request) => viewerOfToken(gate, request),
    admit: ({ viewer }, { headers }) => refuseLongBody(viewer, headers),
  });
  server.removeContentTypeParser("application/json");
  readExactJson(server);
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { authorize } from "../../../auth/policy.js";
import { contextOf } from "../../../edge/http/provide-context.js";
import type { Operations } from "../operations.js";
import { EVENT_STREAM } from "./result-form.js";
import { sendResults } from "./send-results.js";
import { holdToToken, STREAM_PATH } from "./token-of-stream.js";

/**
 * /graphql/stream takes one operation and answers its results as server-sent events, whatever the client accepts. It is for
 * clients behind proxies that break sockets, and by GET for EventSource, with a token instead of a header. The errors of an operation are results too, so they come with the status 200.
 */
export function graphqlSse(server: FastifyInstance, operations: Operations): void {
  // Before the body of a request is received.
  const onRequest = async (request: FastifyRequest) => authorize(contextOf(request).viewer, "viewer.read");
  const stream = (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const operation = operations.prepareFor(request);
    if ("schema" in operation) holdToToken(request, operation);
    return sendResults(operation, request, reply, EVENT_STREAM);
  };
  server.post(STREAM_PATH, { onRequest }, stream);
  server.get(STREAM_PATH, { onRequest, exposeHeadRoute: false }, stream);
}

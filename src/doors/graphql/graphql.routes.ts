import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import { pageHeaders } from "../../edge/http/page-headers.js";
import { contextOf } from "../../edge/http/provide-context.js";
import { startApollo } from "./apollo.js";
import { formatErrors } from "./error-formatter.js";
import { graphiql } from "./explorers/graphiql.js";
import { graphiqlHeaders, sandboxHeaders } from "./explorers/page-headers.js";
import { isStranger, LIMITS_OF_HOLDERS, LIMITS_OF_STRANGERS, refuseLongText } from "./limits/limits-of-viewer.js";
import { refusalOfText } from "./limits/text-limits.js";
import { operationRequestOf } from "./operation-request.js";
import { Operations } from "./operations.js";
import { PersistedQueries } from "./persisted-queries.js";
import { receiveOperations } from "./receive-operations.js";
import { buildGraphqlSchema } from "./schema.js";
import { type GraphqlDeps, type GraphqlSockets, serveSockets } from "./sockets/ws.js";
import { graphqlSse } from "./streams/graphql-sse.js";
import { resultFormOf, takesStreamsOnly } from "./streams/result-form.js";
import { sendResults } from "./streams/send-results.js";
import { openTrustedDocuments } from "./trusted/open-trusted-documents.js";
import { withListedDocument } from "./trusted/with-listed-document.js";

/**
 * The GraphQL door: operations over HTTP, sockets and event streams. If introspection is on, it has pages to explore
 * them. Returns its sockets, for `stop` to close in its order.
 */
export async function graphqlDoor(server: FastifyInstance, deps: GraphqlDeps): Promise<GraphqlSockets> {
  const { gate, config } = deps;
  const schema = buildGraphqlSchema();
  const trusted = await openTrustedDocuments(config.trustedDocuments, schema);
  // A list of trusted documents takes the place of texts that clients send once and name by hash from then on.
  const persisted = trusted ? undefined : new PersistedQueries();
  const operations = new Operations(schema, config, trusted, persisted);
  const apollo = await startApollo({ schema, config, log: gate.log, limits: LIMITS_OF_HOLDERS, persisted });
  const ofStrangers = await startApollo({ schema, config, log: gate.log, limits: LIMITS_OF_STRANGERS });
  server.addHook("onClose", () => Promise.all([apollo.stop(), ofStrangers.stop()]));
  await server.register(async (routes) => {
    receiveOperations(routes, gate);
    const handler: RouteHandlerMethod = async function (request, reply) {
      // The context is made here and not by Apollo. If that fails, the server answers as it does for every door.
      const context = contextOf(request);
      const { viewer } = context;
      refuseLongText(viewer, textOf(request));
      if (!isStranger(viewer) && (await isSentAsStream(request, reply, operations))) return reply;
      const asked = trusted ? withListedDocument(request, trusted, viewer) : request;
      const refusal = refusalOfText(textOf(asked));
      if (refusal) return reply.code(400).send({ errors: formatErrors([refusal], context) });
      const answer = fastifyApolloHandler(isStranger(viewer) ? ofStrangers : apollo, { context: async () => context });
      return context.record.inOperation(() => answer.call(this, asked, reply));
    };
    routes.post("/graphql", handler);
    routes.get("/graphql", { onRequest: pageHeaders(config.signIn ? graphiqlHeaders : sandboxHeaders) }, handler);
    graphqlSse(routes, operations);
  });
  if (config.introspection) await server.register(graphiql);
  return serveSockets(server.server, operations, deps);
}

/**
 * Sends the results of an operation as a stream if it is a subscription and the client accepts one, or if the client accepts
 * nothing else. Returns whether it does.
 */
async function isSentAsStream(request: FastifyRequest, reply: FastifyReply, operations: Operations): Promise<boolean> {
  const { accept } = request.headers;
  const form = resultFormOf(accept);
  if (!form) return false;
  const operation = takesStreamsOnly(accept) ? operations.prepareFor(request) : operations.subscriptionOf(request);
  if (!operation) return false;
  await sendResults(operation, request, reply, form);
  return true;
}

/** Returns the document of a request as it was sent, or nothing if Apollo will say what is wrong with it. */
function textOf(request: FastifyRequest): string {
  const { query } = operationRequestOf(request);
  return typeof query === "string" ? query : "";
}

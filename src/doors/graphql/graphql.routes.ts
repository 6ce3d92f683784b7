import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest, RouteHandlerMethod } from "fastify";
import { pageHeaders } from "../../edge/http/page-headers.js";
import { contextOf } from "../../edge/http/provide-context.js";
import { startApollo } from "./apollo.js";
import { formatErrors } from "./error-formatter.js";
import { graphiql } from "./explorers/graphiql.js";
import { graphiqlHeaders, sandboxHeaders } from "./explorers/page-headers.js";
import { isStranger, LIMITS_OF_HOLDERS, LIMITS_OF_STRANGERS, refuseLongText } from "./limits/limits-of-viewer.js";
import { refusalOfText } from "./limits/text-limits.js";
import { Operations } from "./operations.js";
import { receiveOperations } from "./receive-operations.js";
import { buildGraphqlSchema } from "./schema.js";
import { type GraphqlDeps, type GraphqlSockets, serveSockets } from "./sockets/ws.js";
import { graphqlSse } from "./sse.js";
import { documentRequestOf, withListedDocument } from "./trusted/document-request.js";
import { openTrustedDocuments } from "./trusted/open-trusted-documents.js";

/**
 * The GraphQL door: operations over HTTP, sockets and event streams. If introspection is on, it has pages to explore
 * them. Returns its sockets, for `stop` to close in its order.
 */
export async function graphqlDoor(server: FastifyInstance, deps: GraphqlDeps): Promise<GraphqlSockets> {
  const { gate, config } = deps;
  const schema = buildGraphqlSchema();
  const trusted = await openTrustedDocuments(config.trustedDocuments, schema);
  const operations = new Operations(schema, config, trusted);
  const apollo = await startApollo({ schema, config, log: gate.log, limits: LIMITS_OF_HOLDERS });
  const ofStrangers = await startApollo({ schema, config, log: gate.log, limits: LIMITS_OF_STRANGERS });
  server.addHook("onClose", () => Promise.all([apollo.stop(), ofStrangers.stop()]));
  await server.register(async (routes) => {
    receiveOperations(routes, gate);
    const handler: RouteHandlerMethod = async function (request, reply) {
      // The context is made here and not by Apollo. If that fails, the server answers as it does for every door.
      const context = contextOf(request);
      const { viewer } = context;
      refuseLongText(viewer, textOf(request));
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

/** Returns the document of a request as it was sent, or nothing if Apollo will say what is wrong with it. */
function textOf(request: FastifyRequest): string {
  const { query } = documentRequestOf(request);
  return typeof query === "string" ? query : "";
}

import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, RouteHandlerMethod } from "fastify";
import { createHttpContext } from "../../edge/context.js";
import { readExactJson } from "../../edge/http/json-body.js";
import { pageHeaders } from "../../edge/http/page-headers.js";
import { startApollo } from "./apollo.js";
import { graphiql } from "./explorers/graphiql.js";
import { sandboxHeaders } from "./explorers/page-headers.js";
import { Operations } from "./operations.js";
import { buildGraphqlSchema } from "./schema.js";
import { graphqlSse } from "./sse.js";
import { type GraphqlDeps, type GraphqlSockets, serveSockets } from "./ws.js";

/**
 * The GraphQL door: operations over HTTP, sockets and event streams. If introspection is on, it has pages to explore
 * them. Returns its sockets, for `stop` to close in its order.
 */
export async function graphqlDoor(server: FastifyInstance, deps: GraphqlDeps): Promise<GraphqlSockets> {
  const { gate, config } = deps;
  const schema = buildGraphqlSchema();
  const operations = new Operations(schema, config);
  const apollo = await startApollo({ schema, config, log: gate.log });
  server.addHook("onClose", () => apollo.stop());
  readExactJson(server);
  const handler: RouteHandlerMethod = async function (request, reply) {
    // The context is made here and not by Apollo. If that fails, the server answers as it does for every door.
    const context = await createHttpContext(gate, request, reply);
    return fastifyApolloHandler(apollo, { context: async () => context }).call(this, request, reply);
  };
  server.post("/graphql", handler);
  server.get("/graphql", { onRequest: pageHeaders(sandboxHeaders) }, handler);
  await server.register(graphqlSse, { gate, operations });
  if (config.introspection) await server.register(graphiql);
  return serveSockets(server.server, operations, deps);
}

import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance } from "fastify";
import type { App } from "../../app.js";
import { createContext } from "../../edge/context.js";
import { pageHeaders } from "../../edge/page-headers.js";
import { startApollo } from "./apollo.js";
import { graphiql } from "./graphiql.js";
import { sandboxHeaders } from "./page-headers.js";
import { buildGraphqlSchema } from "./schema.js";

/** The GraphQL door: operations over HTTP and, where introspection is on, the pages to explore them with. */
export async function graphqlDoor(server: FastifyInstance, { app }: { app: App }): Promise<void> {
  const apollo = await startApollo(app, buildGraphqlSchema());
  server.addHook("onClose", () => apollo.stop());
  const handler = fastifyApolloHandler(apollo, { context: (request) => createContext(app, request) });
  server.post("/graphql", handler);
  server.get("/graphql", { onRequest: pageHeaders(sandboxHeaders) }, handler);
  if (app.config.introspection) await server.register(graphiql);
}

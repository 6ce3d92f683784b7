import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { pageHeaders } from "../../../edge/http/page-headers.js";
import { graphiqlHeaders } from "./page-headers.js";

/** This is the same directory from the folder of this file in src/ and in dist/. */
const bundle = fileURLToPath(new URL("../../../../dist/graphiql/", import.meta.url));

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Tollgate: GraphiQL</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/graphiql/assets/main.css">
    <script type="module" src="/graphiql/assets/main.js"></script>
  </head>
  <body>
    <noscript>GraphiQL needs JavaScript.</noscript>
    <div id="graphiql"></div>
  </body>
</html>
`;

/**
 * GET /graphiql is an editor for /graphql that needs no internet. It must be registered as a plugin, so that its
 * headers stay on its own routes. If the bundle was never built, it answers 503 and says what to do.
 */
export async function graphiql(server: FastifyInstance): Promise<void> {
  server.addHook("onRequest", pageHeaders(graphiqlHeaders));

  if (!existsSync(bundle)) {
    const sentence = "GraphiQL is not built yet: run `npm run build` and restart.\n";
    server.get("/graphiql", async (_request, reply) =>
      reply.code(503).type("text/plain; charset=utf-8").send(sentence),
    );
    return;
  }

  await server.register(fastifyStatic, {
    root: bundle,
    prefix: "/graphiql/assets/",
    index: false,
    decorateReply: false,
  });
  server.get("/graphiql", async (_request, reply) => reply.type("text/html; charset=utf-8").send(page));
}

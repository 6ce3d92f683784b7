import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { headersOf, pageHeaders } from "../../edge/http/page-headers.js";

/** This server sends all of Swagger UI, which styles its parts inline and has icons with data: URLs. */
const documentationHeaders = headersOf("same-origin", {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data:",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
});

/** Collects the contracts of the routes that are declared after it into an OpenAPI document. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Tollgate",
        version: "1",
        description:
          "A gateway for LLM work that is sold by the job. An optional field of a body may be null, which means the same as leaving it out.",
      },
      components: {
        securitySchemes: {
          key: {
            type: "http",
            scheme: "bearer",
            description: "The admin key, an organization's key or a team's virtual key.",
          },
          adminKey: { type: "apiKey", in: "header", name: "X-Admin-Key", description: "The admin key." },
        },
      },
      security: [{ key: [] }, { adminKey: [] }],
    },
    refResolver: {
      buildLocalReference: (schema, _baseUri, _fragment, index) => String(schema.$id ?? `schema-${index}`),
    },
  });
}

/** GET /docs is a page that needs no internet. /docs/json and /docs/yaml are the document itself. */
export async function documentationPage(server: FastifyInstance): Promise<void> {
  server.addHook("onRequest", pageHeaders(documentationHeaders));
  await server.register(swaggerUi, { routePrefix: "/docs", uiConfig: { persistAuthorization: false } });
}

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
      servers: [{ url: "/", description: "This gateway." }],
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

const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><text x="0" y="27" fill="#fff" font-family="sans-serif" font-size="22" font-weight="600">Tollgate</text></svg>`;

/**
 * GET /docs is a page that needs no internet. /docs/json and /docs/yaml are the document itself. The page shows that of
 * /v1 too, which is OpenAI's contract and not ours.
 */
export async function documentationPage(server: FastifyInstance): Promise<void> {
  server.addHook("onRequest", pageHeaders(documentationHeaders));
  await server.register(swaggerUi, {
    routePrefix: "/docs",
    theme: { title: "Tollgate: REST documentation" },
    logo: { type: "image/svg+xml", content: logo, href: "/", target: "_self" },
    uiConfig: {
      persistAuthorization: false,
      tryItOutEnabled: true,
      urls: [
        { name: "REST (/api)", url: "/docs/json" },
        { name: "OpenAI's and Anthropic's API (/v1)", url: "/docs/v1.json" },
      ],
    },
  });
}

import Fastify from "fastify";
import { readConfig } from "../../src/config/config.js";
import { restDoor } from "../../src/doors/rest/rest.routes.js";
import type { Gate } from "../../src/edge/context.js";

/** The OpenAPI document that the REST door serves, as text. The door needs no database to describe itself. */
export async function openApiDocument(): Promise<string> {
  const server = Fastify();
  // The gate answers requests to the routes. The document is asked for outside of them, so an empty one will do.
  await server.register(restDoor, { gate: {} as Gate, config: readConfig({ INTROSPECTION: "on" }) });
  const { body } = await server.inject("/docs/json");
  await server.close();
  return `${JSON.stringify(JSON.parse(body), null, 2)}\n`;
}

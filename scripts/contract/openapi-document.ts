import Fastify from "fastify";
import { readConfig } from "../../src/config/config.js";
import { restDoor } from "../../src/doors/rest/rest.routes.js";
import type { Gate } from "../../src/edge/context.js";

/** Returns the OpenAPI document that the REST door serves, as text. The door needs no database to describe itself. */
export async function openApiDocument(): Promise<string> {
  const server = Fastify();
  // Only requests to the API need the gate. The document is not behind it, so an empty gate is enough.
  await server.register(restDoor, { gate: {} as Gate, config: readConfig({ INTROSPECTION: "on" }) });
  const { body } = await server.inject("/docs/json");
  await server.close();
  return `${JSON.stringify(JSON.parse(body), null, 2)}\n`;
}

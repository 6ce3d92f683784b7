import type { FastifyInstance } from "fastify";
import type { Config } from "../../config/config.js";
import type { Gate } from "../../edge/context.js";
import { jsonDoor } from "../../edge/http/json-door.js";
import { auditRoutes } from "./audit/audit.routes.js";
import { callListRoutes } from "./calls/call-lists.routes.js";
import { callStreamRoutes } from "./calls/call-streams.routes.js";
import { callRoutes } from "./calls/calls.routes.js";
import { creditRoutes } from "./credits/credits.routes.js";
import { describeApi, documentationPage } from "./documentation.js";
import { jobRoutes } from "./jobs/jobs.routes.js";
import { modelGroupRoutes } from "./model-groups/model-groups.routes.js";
import { organizationRoutes } from "./organizations/organizations.routes.js";
import { sendRestError } from "./rest-error.js";
import { teamRoutes } from "./teams/teams.routes.js";
import { usageRoutes } from "./usage/usage.routes.js";

/** The REST door: the same services under /api, in snake_case. If introspection is on, /docs describes it. */
export async function restDoor(
  server: FastifyInstance,
  { gate, config }: { gate: Gate; config: Config },
): Promise<void> {
  await describeApi(server);
  await server.register(api, { gate, prefix: "/api" });
  if (config.introspection) await server.register(documentationPage);
}

async function api(server: FastifyInstance, { gate }: { gate: Gate }): Promise<void> {
  // The console reads lists as files. Whatever changes something needs a key.
  jsonDoor(server, gate, { sendError: sendRestError, takesSession: ({ method }) => method === "GET" });
  // The schemas of answers only describe them. The compiler and the tests check that answers fit, so no request pays
  // for it.
  server.setSerializerCompiler(() => JSON.stringify);
  organizationRoutes(server);
  modelGroupRoutes(server);
  teamRoutes(server);
  creditRoutes(server);
  jobRoutes(server);
  callRoutes(server);
  callListRoutes(server);
  callStreamRoutes(server);
  auditRoutes(server);
  usageRoutes(server);
}

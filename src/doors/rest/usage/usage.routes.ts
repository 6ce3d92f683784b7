import type { FastifyInstance } from "fastify";
import type { RequestContext } from "../../../edge/context.js";
import { rowsFrom } from "../../../edge/http/exports/all-pages.js";
import { CSV_TYPE, sendCsv } from "../../../edge/http/exports/send-csv.js";
import { wantsType } from "../../../edge/http/exports/wants-type.js";
import { type RestRequest, Routes } from "../route.js";
import { whileAllowed } from "../while-allowed.js";
import { Usage, usageShape } from "./usage.shapes.js";
import { USAGE_COLUMNS } from "./usage-columns.js";
import { inputOf, USAGE_QUERY } from "./usage-query.js";

type UsageRequest = Pick<RestRequest<typeof USAGE_QUERY>, "query" | "headers" | "reply">;
type Owner = Parameters<RequestContext["services"]["usage"]["report"]>[2];

const DESCRIPTION =
  "Calls count in the hour in which they were created, and jobs in the hour in which they ended. With the header `Accept: text/csv`, the answer is all rows as CSV, from `after` on, with exact amounts.";

export function usageRoutes(server: FastifyInstance): void {
  const routes = new Routes(server, "Usage");
  const contract = { description: DESCRIPTION, query: USAGE_QUERY, answer: Usage, alsoAs: [CSV_TYPE] };

  routes.on(
    "GET /usage",
    { ...contract, name: "usage", summary: "Tells what was used of all that the key reaches." },
    (context, request) => answered(context, request, {}),
  );

  routes.on(
    "GET /teams/:team_id/usage",
    { ...contract, name: "teamUsage", summary: "Tells what a team used." },
    async (context, request) => {
      const { id } = await context.services.teams.get(context.viewer, request.params.team_id);
      return answered(context, request, { teamId: id });
    },
  );

  routes.on(
    "GET /organizations/:organization_id/usage",
    { ...contract, name: "organizationUsage", summary: "Tells what an organization's teams used." },
    async (context, request) => {
      const { id } = await context.services.organizations.get(context.viewer, request.params.organization_id);
      return answered(context, request, { organizationId: id });
    },
  );
}

async function answered(context: RequestContext, { query, headers, reply }: UsageRequest, owner: Owner) {
  const input = inputOf(query);
  const report = (after = input.after) => context.services.usage.report(context.viewer, { ...input, after }, owner);
  const reading = await report();
  if (!wantsType(headers.accept, CSV_TYPE)) return usageShape(reading);
  const rows = rowsFrom(await reading.page(), ({ pageInfo: { hasNextPage, endCursor } }) =>
    hasNextPage ? report(endCursor).then((next) => next.page()) : undefined,
  );
  return sendCsv(reply, USAGE_COLUMNS, whileAllowed(context, rows));
}

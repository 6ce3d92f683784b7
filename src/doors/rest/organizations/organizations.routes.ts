import type { FastifyInstance } from "fastify";
import { freeObject, listOf, ref, text } from "../../../edge/http/json-schema.js";
import { CreateOrganizationInput } from "../../../features/organizations/organization.input.js";
import { Body, optional, required } from "../body.js";
import { PAGE_QUERY, type PageQuery, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { organizationShape } from "../shapes.js";

const createOrganization = new Body(CreateOrganizationInput, {
  organization_id: required("id", text("1 to 100 letters, digits or . _ : @ -; unique, and never changed.")),
  name: required("name", text("1 to 200 characters.")),
  metadata: optional("metadata", freeObject("Free data, at most 16 KiB as JSON.")),
});

export async function organizationRoutes(server: FastifyInstance): Promise<void> {
  const routes = new Routes(server, "Organizations");

  routes.on(
    "POST /organizations/create",
    {
      name: "createOrganization",
      summary: "Create an organization. Admin only. 400 where the id is taken.",
      body: createOrganization,
      answer: ref("Organization"),
    },
    async ({ services, viewer }, { body }) =>
      organizationShape(await services.organizations.create(viewer, createOrganization.toInput(body))),
  );

  routes.on<PageQuery>(
    "GET /organizations",
    {
      name: "organizations",
      summary: "The organizations, in order of id. Admin only. The header x-total-count has the number of all.",
      query: PAGE_QUERY,
      answer: listOf(ref("Organization")),
    },
    async ({ services, viewer }, { query, reply }) => {
      const page = await services.organizations.list(viewer, pageOf(query));
      reply.header("x-total-count", await page.count());
      return page.rows.map((row) => organizationShape(services.organizations.details(viewer, row)));
    },
  );

  routes.on(
    "GET /organizations/:organization_id",
    { name: "organization", summary: "One organization. Admin only.", answer: ref("Organization") },
    async ({ services, viewer }, { params }) => {
      const organization = await services.organizations.get(viewer, params.organization_id);
      return organizationShape(services.organizations.details(viewer, organization));
    },
  );

  routes.on<PageQuery>(
    "GET /organizations/:organization_id/teams",
    {
      name: "organizationTeams",
      summary: "The ids of an organization's teams; to a team's key, its own.",
      query: PAGE_QUERY,
      answer: ref("OrganizationTeams"),
    },
    async ({ services, viewer }, { params, query }) => {
      const organizationId = params.organization_id;
      const page = await services.teams.list(viewer, { organizationId, ...pageOf(query) });
      return {
        organization_id: organizationId,
        team_count: await page.count(),
        teams: page.rows.map((team) => team.id),
      };
    },
  );
}

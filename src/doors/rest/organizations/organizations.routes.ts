import type { FastifyInstance } from "fastify";
import { CreateOrganizationInput } from "../../../features/organizations/organization.input.js";
import { FREE_DATA_TEXT, ID_TEXT } from "../../../input/rules.js";
import { Body, optional, required } from "../body.js";
import { EXAMPLE } from "../example.js";
import { TOTAL_COUNT } from "../headers.js";
import { PAGE_QUERY, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { freeObject, listOf, text } from "../schemas.js";
import { Organization, OrganizationTeams, organizationShape, organizationTeamsShape } from "./organization.shapes.js";

const createOrganization = new Body(
  CreateOrganizationInput,
  {
    organization_id: required("id", text(`The organization's id, ${ID_TEXT}. It is unique and never changes.`)),
    name: required("name", text("A name for people, 1 to 200 characters.")),
    metadata: optional("metadata", freeObject(`${FREE_DATA_TEXT}.`)),
  },
  {
    organization_id: EXAMPLE.organizationId,
    name: "Acme Corporation",
    metadata: { industry: "technology", tier: "enterprise" },
  },
);

export function organizationRoutes(server: FastifyInstance): void {
  const routes = new Routes(server, "Organizations");

  routes.on(
    "POST /organizations/create",
    {
      name: "createOrganization",
      summary: "Creates an organization. Admin only. The answer is 400 if the id is taken.",
      body: createOrganization,
      answer: Organization,
    },
    async ({ services, viewer }, { body }) =>
      organizationShape(await services.organizations.create(viewer, createOrganization.toInput(body))),
  );

  routes.on(
    "GET /organizations",
    {
      name: "organizations",
      summary: "Lists the organizations in order of id: all to the admin, and its own to an organization's key.",
      query: PAGE_QUERY,
      answer: listOf(Organization),
      answerHeaders: TOTAL_COUNT,
    },
    async ({ services, viewer }, { query, reply }) => {
      const page = await services.organizations.list(viewer, pageOf(query));
      reply.header("x-total-count", await page.count());
      return page.rows.map((row) => organizationShape(services.organizations.details(viewer, row)));
    },
  );

  routes.on(
    "GET /organizations/:organization_id",
    { name: "organization", summary: "Returns one organization. For the admin and its own key.", answer: Organization },
    async ({ services, viewer }, { params }) => {
      const organization = await services.organizations.get(viewer, params.organization_id);
      return organizationShape(services.organizations.details(viewer, organization));
    },
  );

  routes.on(
    "GET /organizations/:organization_id/teams",
    {
      name: "organizationTeams",
      summary: "Lists the ids of an organization's teams. A team's key sees only its own team.",
      query: PAGE_QUERY,
      answer: OrganizationTeams,
    },
    async ({ services, viewer }, { params, query }) => {
      const organizationId = params.organization_id;
      const page = await services.teams.list(viewer, { organizationId, ...pageOf(query) });
      return organizationTeamsShape(organizationId, await page.count(), page.rows);
    },
  );
}

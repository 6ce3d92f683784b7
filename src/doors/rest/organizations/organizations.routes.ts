import type { FastifyInstance } from "fastify";
import {
  CreateOrganizationInput,
  UpdateOrganizationInput,
} from "../../../features/organizations/organization.input.js";
import { FREE_DATA_TEXT, METADATA_SIZE_TEXT } from "../../../input/rules.js";
import { ID_TEXT } from "../../../lib/ids.js";
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

const updateOrganization = new Body(
  UpdateOrganizationInput,
  {
    name: optional("name", text("A name for people, 1 to 200 characters. Null keeps it.")),
    metadata: optional(
      "metadata",
      freeObject(`Names to set; the other names stay. The whole is ${METADATA_SIZE_TEXT}. Null empties it.`),
    ),
  },
  { name: "Acme Incorporated", metadata: { tier: "standard" } },
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

  changeOrganizations(routes);

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

function changeOrganizations(routes: Routes): void {
  routes.on(
    "PATCH /organizations/:organization_id",
    {
      name: "updateOrganization",
      summary:
        "Changes what is given of an organization, and nothing else. Admin only. The answer is 409 if it is deleted.",
      body: updateOrganization,
      answer: Organization,
    },
    async ({ services, viewer }, { params, body }) => {
      const input = updateOrganization.toInput(body, { id: params.organization_id });
      return organizationShape(await services.organizations.update(viewer, input));
    },
  );

  routes.on(
    "PUT /organizations/:organization_id/suspend",
    {
      name: "suspendOrganization",
      summary:
        "Suspends an organization: its keys and those of its teams are refused from now on, and the running calls of its teams are cancelled. Admin only.",
      answer: Organization,
    },
    async ({ services, viewer }, { params }) =>
      organizationShape(await services.organizationLifecycle.suspend(viewer, params.organization_id)),
  );

  routes.on(
    "PUT /organizations/:organization_id/resume",
    {
      name: "resumeOrganization",
      summary:
        "Ends the suspension of an organization. Teams that are suspended themselves stay suspended. Admin only.",
      answer: Organization,
    },
    async ({ services, viewer }, { params }) =>
      organizationShape(await services.organizationLifecycle.resume(viewer, params.organization_id)),
  );
}

import type { Static } from "typebox";
import type { OrganizationRow } from "../../../features/organizations/organization.service.js";
import { AccountStatus } from "../../../generated/prisma/enums.js";
import { COUNT_TEXT } from "../../../input/page-window.js";
import { EXAMPLE } from "../example.js";
import { lowerCase, lowerCased } from "../letter-case.js";
import { answer, freeObject, integer, listOf, oneOf, text, time } from "../schemas.js";

export const Organization = answer(
  "Organization",
  {
    organization_id: text("The id that the admin chose."),
    name: text("A name for people."),
    status: oneOf(lowerCased(AccountStatus), 'If it is "suspended", every request with a key of its teams is refused.'),
    metadata: freeObject("The admin's free data."),
    created_at: time("When it was created."),
    updated_at: time("When it was last changed."),
  },
  {
    organization_id: EXAMPLE.organizationId,
    name: "Acme Corporation",
    status: "active",
    metadata: { industry: "technology", tier: "enterprise" },
    created_at: EXAMPLE.created,
    updated_at: EXAMPLE.created,
  },
);

export const organizationShape = (organization: OrganizationRow): Static<typeof Organization> => ({
  organization_id: organization.id,
  name: organization.name,
  status: lowerCase(organization.status),
  metadata: organization.metadata,
  created_at: organization.createdAt,
  updated_at: organization.updatedAt,
});

export const OrganizationTeams = answer(
  "OrganizationTeams",
  {
    organization_id: text("The id of the organization."),
    team_count: integer(`How many teams it has. A team's key counts only its own team. ${COUNT_TEXT}.`),
    teams: listOf(text("The id of a team."), "The teams of this page, in order of id."),
  },
  { organization_id: EXAMPLE.organizationId, team_count: 1, teams: [EXAMPLE.teamId] },
);

export const organizationTeamsShape = (
  organizationId: string,
  count: number,
  teams: readonly { readonly id: string }[],
): Static<typeof OrganizationTeams> => ({
  organization_id: organizationId,
  team_count: count,
  teams: teams.map(({ id }) => id),
});

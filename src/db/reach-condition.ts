import type { Reach } from "../auth/reach.js";
import { Prisma } from "../generated/prisma/client.js";
import type { Across, Condition } from "./page.js";

// What a viewer may reach, as conditions of lists. `auth/reach.ts` says the same of a single thing.

/** Which rows of `organizations` are in reach. */
export function organizationsInReach(reach: Reach): Condition[] {
  return reach.kind === "everything" ? [] : [Prisma.sql`id = ${reach.organizationId}`];
}

/** Which rows of `teams` are in reach. */
export function teamsInReach(reach: Reach): Condition[] {
  if (reach.kind === "everything") return [];
  return [reach.kind === "team" ? Prisma.sql`id = ${reach.teamId}` : teamsThatExist(reach)];
}

/** Which rows are in reach of a table whose `team_id` says whose they are. */
export function ofTeamsInReach(reach: Reach): Condition[] {
  if (reach.kind === "everything") return [];
  return [reach.kind === "team" ? Prisma.sql`team_id = ${reach.teamId}` : Prisma.sql`team_id IN ${teamsOf(reach)}`];
}

/**
 * The same for a list that is read team by team, in an index that begins with the team. Undefined if everything is in
 * reach: then it is not read team by team.
 */
export function acrossTeamsInReach(reach: Reach): Across | undefined {
  if (reach.kind === "everything") return undefined;
  const teams = reach.kind === "team" ? Prisma.sql`(VALUES (${reach.teamId}))` : teamsOf(reach);
  return { table: Prisma.sql`${teams} AS owner(team_id)`, fits: Prisma.sql`team_id = owner.team_id` };
}

/** Which rows are in reach of a table whose `organization_id` says whose they are. None is in the reach of a team. */
export function ofOrganizationInReach(reach: Reach): Condition[] {
  if (reach.kind === "everything") return [];
  return [reach.kind === "team" ? Prisma.sql`FALSE` : Prisma.sql`organization_id = ${reach.organizationId}`];
}

interface OfOrganization {
  readonly organizationId: string;
}

/** A team that is deleted exists only for those who reach everything. */
const teamsThatExist = ({ organizationId }: OfOrganization): Prisma.Sql =>
  Prisma.sql`organization_id = ${organizationId} AND status <> 'DELETED'`;

const teamsOf = (reach: OfOrganization): Prisma.Sql =>
  Prisma.sql`(SELECT id FROM teams WHERE ${teamsThatExist(reach)})`;

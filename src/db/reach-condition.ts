import type { Reach } from "../auth/reach.js";
import { Prisma } from "../generated/prisma/client.js";
import type { Across, Condition } from "./lists/list.js";

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
 * The same for a list that is read team by team, in an index that begins with the team. If `teamIds` is given, only these
 * teams are read, as far as they are in reach. Undefined if everything is in reach and no team is named: then it is not
 * read team by team.
 */
export function acrossTeamsInReach(reach: Reach, teamIds?: readonly string[] | null): Across | undefined {
  if (reach.kind === "everything" && !teamIds) return undefined;
  return {
    table: Prisma.sql`${teamsToRead(reach, teamIds)} AS owner(team_id)`,
    fits: Prisma.sql`team_id = owner.team_id`,
  };
}

/** The same as a condition, for a list that is read in another way. */
export function ofTeamsToRead(reach: Reach, teamIds?: readonly string[] | null): Condition[] {
  const across = acrossTeamsInReach(reach, teamIds);
  return across ? [Prisma.sql`team_id IN (SELECT team_id FROM ${across.table})`] : [];
}

function teamsToRead(reach: Reach, teamIds: readonly string[] | null | undefined): Prisma.Sql {
  if (reach.kind === "organization") return teamsOf(reach, teamIds);
  const own = reach.kind === "team" ? [reach.teamId] : null;
  const named = teamIds ?? own ?? [];
  return Prisma.sql`unnest(${[...new Set(named)].filter((id) => !own || own.includes(id))}::text[])`;
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

const teamsOf = (reach: OfOrganization, teamIds?: readonly string[] | null): Prisma.Sql =>
  Prisma.sql`(SELECT id FROM teams WHERE ${teamsThatExist(reach)}${teamIds ? Prisma.sql` AND id = ANY(${teamIds}::text[])` : Prisma.empty})`;

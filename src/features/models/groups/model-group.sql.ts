import type { Reach } from "../../../auth/reach.js";
import type { RowOf } from "../../../db/column-type.js";
import { columnsOf } from "../../../db/field-names.js";
import { type Condition, list } from "../../../db/lists/list.js";
import { ofTeamsInReach } from "../../../db/reach-condition.js";
import { statement } from "../../../db/statement.js";
import { type ModelGroup, Prisma } from "../../../generated/prisma/client.js";

export const modelGroupRow = {
  id: "uuid",
  name: "text",
  displayName: "text",
  description: "text?",
  allowedOptions: "jsonb",
  maxOutputTokens: "int4?",
  interchangeableEmbeddings: "bool",
  createdAt: "timestamptz",
} as const satisfies RowOf<ModelGroup>;

/** In order of name. */
export const modelGroups = list({
  table: "model_groups",
  row: modelGroupRow,
  order: ["name"],
  direction: "ASC",
});

export const hasName = (name: string): Condition => Prisma.sql`name = ${name}`;

export const isNamed = (names: readonly string[]): Condition => Prisma.sql`name = ANY(${names}::text[])`;

/** The first teams that have a group, in order of id. */
export const teamsOfGroup = statement({
  name: "teams-of-group",
  params: { groupId: "uuid", namedMax: "int4" },
  text: "SELECT team_id AS id FROM team_model_groups WHERE group_id = $1 ORDER BY team_id LIMIT $2::int4",
  row: { id: "text" },
});

/** Which groups are in reach: all, or those assigned to a team in reach. */
export function modelGroupsInReach(reach: Reach): Condition[] {
  const [ofTeams] = ofTeamsInReach(reach);
  return ofTeams ? [Prisma.sql`id IN (SELECT group_id FROM team_model_groups WHERE ${ofTeams})`] : [];
}

/** Keeps a group as it is until the transaction ends, so that only one transaction at a time replaces its models. */
export const lockModelGroup = statement({
  name: "lock-model-group",
  params: { id: "uuid" },
  text: `SELECT ${columnsOf(modelGroupRow)} FROM model_groups WHERE id = $1 FOR UPDATE`,
  row: modelGroupRow,
});

/** The groups of these names that are in reach. They cannot be deleted until the transaction ends. */
export function keptModelGroups(names: readonly string[], reach: Reach): Prisma.Sql {
  const conditions = Prisma.join([Prisma.sql`name = ANY(${names}::text[])`, ...modelGroupsInReach(reach)], " AND ");
  const columns = Prisma.raw(columnsOf(modelGroupRow));
  return Prisma.sql`SELECT ${columns} FROM model_groups WHERE ${conditions} ORDER BY id FOR KEY SHARE`;
}

/** The groups of each team, in the order of assignment. */
export const modelGroupsOfTeams = statement({
  name: "model-groups-of-teams",
  params: { teamIds: "text[]" },
  text: `SELECT ${columnsOf(modelGroupRow, "model_groups")}, team_id FROM team_model_groups JOIN model_groups ON model_groups.id = group_id
    WHERE team_id = ANY($1) ORDER BY team_id, position`,
  row: { ...modelGroupRow, teamId: "text" },
});

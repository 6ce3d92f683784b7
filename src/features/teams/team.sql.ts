import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { type Condition, list } from "../../db/page.js";
import { statement } from "../../db/statement.js";
import { type AccountStatus, Prisma, type Team } from "../../generated/prisma/client.js";

const teamRow = {
  id: "text",
  organizationId: "text",
  alias: "text",
  status: "account_status",
  metadata: "jsonb",
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
} as const satisfies RowOf<Team>;

export const findTeams = statement({
  name: "find-teams",
  params: { ids: "text[]" },
  text: `SELECT ${columnsOf(teamRow)} FROM teams WHERE id = ANY($1)`,
  row: teamRow,
});

/** In order of id. */
export const teams = list({
  table: "teams",
  row: teamRow,
  parent: "organizationId",
  order: ["id"],
  direction: "ASC",
});

export const isTeamOf = (organizationId: string): Condition => Prisma.sql`organization_id = ${organizationId}`;

export const hasStatus = (status: AccountStatus): Condition => Prisma.sql`status = ${status}::account_status`;

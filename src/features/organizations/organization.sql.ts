import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { type Condition, list } from "../../db/page.js";
import { statement } from "../../db/statement.js";
import { type AccountStatus, type Organization, Prisma } from "../../generated/prisma/client.js";

const organizationRow = {
  id: "text",
  name: "text",
  status: "account_status",
  metadata: "jsonb",
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
} as const satisfies RowOf<Organization>;

export const findOrganizations = statement({
  name: "find-organizations",
  params: { ids: "text[]" },
  text: `SELECT ${columnsOf(organizationRow)} FROM organizations WHERE id = ANY($1)`,
  row: organizationRow,
});

/** In order of id. */
export const organizations = list({
  table: "organizations",
  row: organizationRow,
  order: ["id"],
  direction: "ASC",
});

export const hasStatus = (status: AccountStatus): Condition => Prisma.sql`status = ${status}::account_status`;

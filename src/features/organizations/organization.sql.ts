import type { RowOf } from "../../db/column-type.js";
import { type Condition, list } from "../../db/page.js";
import { type AccountStatus, type Organization, Prisma } from "../../generated/prisma/client.js";

const organizationRow = {
  id: "text",
  name: "text",
  status: "account_status",
  metadata: "jsonb",
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
} as const satisfies RowOf<Organization>;

/** In order of id. */
export const organizations = list({
  table: "organizations",
  row: organizationRow,
  order: ["id"],
  direction: "ASC",
});

export const isOrganization = (id: string): Condition => Prisma.sql`id = ${id}`;

export const hasStatus = (status: AccountStatus): Condition => Prisma.sql`status = ${status}::account_status`;

import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { list } from "../../db/lists/list.js";
import { rowsById } from "../../db/rows/rows-by-id.js";
import { statement } from "../../db/statement.js";
import type { Organization } from "../../generated/prisma/client.js";

export const organizationRow = {
  id: "text",
  name: "text",
  status: "account_status",
  metadata: "jsonb",
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
} as const satisfies RowOf<Organization>;

export const findOrganizations = statement(rowsById("find-organizations", "organizations", organizationRow));

/** Changes what is not null of an organization. */
export const changeOrganization = statement({
  name: "change-organization",
  params: { id: "text", newName: "text?", metadata: "jsonb?" },
  text: `UPDATE organizations SET name = COALESCE($2, name), metadata = COALESCE($3, metadata), updated_at = tollgate_now()
    WHERE id = $1 RETURNING ${columnsOf(organizationRow)}`,
  row: organizationRow,
});

/** In order of id. */
export const organizations = list({
  table: "organizations",
  row: organizationRow,
  order: ["id"],
  direction: "ASC",
});

import type { RowOf } from "../../../db/column-type.js";
import { columnsOf } from "../../../db/field-names.js";
import { rowsById } from "../../../db/rows/rows-by-id.js";
import { statement } from "../../../db/statement.js";
import type { OrganizationKey } from "../../../generated/prisma/client.js";

const organizationKeyRow = {
  id: "uuid",
  organizationId: "text",
  name: "text?",
  prefix: "text",
  secretHash: "bytea",
  createdAt: "timestamptz",
  expiresAt: "timestamptz?",
  revokedAt: "timestamptz?",
  lastUsedAt: "timestamptz?",
} as const satisfies RowOf<OrganizationKey>;

export const findOrganizationKeys = statement(
  rowsById("find-organization-keys", "organization_keys", organizationKeyRow),
);

/** Of each organization the first keys: those that are not revoked, oldest first, then the revoked ones. */
export const keysOfOrganizations = statement({
  name: "keys-of-organizations",
  params: { organizationIds: "text[]", ofEachMax: "int4" },
  text: `SELECT ${columnsOf(organizationKeyRow, "key")} FROM unnest($1::text[]) AS organization(id) CROSS JOIN LATERAL (
      SELECT * FROM organization_keys WHERE organization_id = organization.id
      ORDER BY revoked_at IS NOT NULL, created_at, id LIMIT $2::int4
    ) AS key`,
  row: organizationKeyRow,
});

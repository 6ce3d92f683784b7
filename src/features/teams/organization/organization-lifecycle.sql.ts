import { columnsOf } from "../../../db/field-names.js";
import { statement } from "../../../db/statement.js";
import { organizationRow } from "../../organizations/organization.sql.js";

/** Suspends an organization, or lets it work again. No row means that nothing was to be changed, or that it is deleted. */
export const setOrganizationStatus = statement({
  name: "set-organization-status",
  params: { id: "text", status: "account_status" },
  text: `UPDATE organizations SET status = $2, updated_at = tollgate_now()
    WHERE id = $1 AND status <> $2 AND status <> 'DELETED' RETURNING ${columnsOf(organizationRow)}`,
  row: organizationRow,
});

/** The first teams of an organization that are not deleted, in order of id. */
export const teamsThatAreLeft = statement({
  name: "teams-that-are-left",
  params: { organizationId: "text", namedMax: "int4" },
  text: "SELECT id FROM teams WHERE organization_id = $1 AND status <> 'DELETED' ORDER BY id LIMIT $2::int4",
  row: { id: "text" },
});

export const deleteOrganization = statement({
  name: "delete-organization",
  params: { id: "text" },
  text: "UPDATE organizations SET status = 'DELETED', updated_at = tollgate_now() WHERE id = $1",
  row: {},
});

/** Revokes all keys of an organization. */
export const revokeOrganizationKeys = statement({
  name: "revoke-organization-keys",
  params: { organizationId: "text" },
  text: "UPDATE organization_keys SET revoked_at = tollgate_now() WHERE organization_id = $1 AND revoked_at IS NULL",
  row: {},
});

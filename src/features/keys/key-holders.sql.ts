import { statement } from "../../db/statement.js";
import { IS_SUSPENDED } from "../organizations/account-status.sql.js";

/** Who holds a secret. A key that was revoked has no row. */
export const findHolder = statement({
  name: "find-holder",
  params: { secretHash: "bytea" },
  text: `SELECT virtual_keys.id AS key_id, team_id, organization_id, expires_at, last_used_at, ${IS_SUSPENDED} AS is_suspended
    FROM virtual_keys JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
    WHERE secret_hash = $1 AND revoked_at IS NULL`,
  row: {
    keyId: "uuid",
    teamId: "text",
    organizationId: "text",
    expiresAt: "timestamptz?",
    lastUsedAt: "timestamptz?",
    isSuspended: "bool",
  },
});

export const noteUse = statement({
  name: "note-use",
  params: { keyId: "uuid", now: "timestamptz" },
  text: "UPDATE virtual_keys SET last_used_at = $2 WHERE id = $1",
  row: {},
});

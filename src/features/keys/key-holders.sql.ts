import { statement } from "../../db/statement.js";
import { IS_SUSPENDED } from "../organizations/account-status.sql.js";
import { IS_VALID } from "./key-access.sql.js";

/** Who holds a secret. A key that was revoked, or has expired, has no row. `isUseStale`: its last use is to be noted again. */
export const findHolder = statement({
  name: "find-holder",
  params: { secretHash: "bytea", precisionMs: "float8" },
  text: `SELECT virtual_keys.id AS key_id, team_id, organization_id, expires_at, ${IS_SUSPENDED} AS is_suspended,
      COALESCE(last_used_at <= tollgate_now() - $2 * interval '1 ms', TRUE) AS is_use_stale
    FROM virtual_keys JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
    WHERE secret_hash = $1 AND ${IS_VALID}`,
  row: {
    keyId: "uuid",
    teamId: "text",
    organizationId: "text",
    expiresAt: "timestamptz?",
    isSuspended: "bool",
    isUseStale: "bool",
  },
});

export const noteUse = statement({
  name: "note-use",
  params: { keyId: "uuid" },
  text: "UPDATE virtual_keys SET last_used_at = tollgate_now() WHERE id = $1",
  row: {},
});

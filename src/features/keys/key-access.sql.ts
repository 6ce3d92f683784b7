import { statement } from "../../db/statement.js";
import { IS_SUSPENDED } from "../organizations/account-status.sql.js";

/** Whether a key was neither revoked, nor has expired. */
export const IS_VALID =
  "(virtual_keys.revoked_at IS NULL AND (virtual_keys.expires_at IS NULL OR virtual_keys.expires_at > tollgate_now()))";

/** What each key may do now. A key that is revoked or expired has no row. */
export const accessOfKeys = statement({
  name: "access-of-keys",
  params: { ids: "uuid[]" },
  text: `SELECT virtual_keys.id, CASE WHEN ${IS_SUSPENDED} THEN 'SUSPENDED' ELSE 'ACTIVE' END AS version
    FROM virtual_keys JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
    WHERE virtual_keys.id = ANY($1) AND ${IS_VALID}`,
  row: { id: "uuid", version: "text" },
});

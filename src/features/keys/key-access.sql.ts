import { statement } from "../../db/statement.js";
import { IS_SUSPENDED } from "../organizations/account-status.sql.js";

/** What each key may do now. A key that is revoked or expired has no row. */
export const accessOfKeys = statement({
  name: "access-of-keys",
  params: { ids: "uuid[]" },
  text: `SELECT virtual_keys.id, CASE WHEN ${IS_SUSPENDED} THEN 'SUSPENDED' ELSE 'ACTIVE' END AS version
    FROM virtual_keys JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
    WHERE virtual_keys.id = ANY($1) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > tollgate_now())`,
  row: { id: "uuid", version: "text" },
});

import { statement } from "../../db/statement.js";
import { IS_SUSPENDED } from "../organizations/account-status.sql.js";
import { IS_VALID } from "./key-access.sql.js";

/** Whether the use of a key that is noted lies too far back. The argument is SQL, such as "$2". */
const isUseStale = (precisionMs: string): string =>
  `COALESCE(last_used_at <= tollgate_now() - ${precisionMs} * interval '1 ms', TRUE)`;

/**
 * Who holds a secret, and what its calls are limited to. A key that was revoked, or has expired, has no row. `isUseToNote`: its last use is to be noted again,
 * and the database takes changes.
 */
export const findHolder = statement({
  name: "find-holder",
  params: { secretHash: "bytea", precisionMs: "float8" },
  text: `SELECT virtual_keys.id AS key_id, team_id, organization_id, expires_at, ${IS_SUSPENDED} AS is_suspended,
      teams.limits AS team_limits, virtual_keys.limits AS key_limits, default_key_limits,
      ${isUseStale("$2")} AND current_setting('transaction_read_only') = 'off' AS is_use_to_note
    FROM virtual_keys JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
    WHERE secret_hash = $1 AND ${IS_VALID}`,
  row: {
    keyId: "uuid",
    teamId: "text",
    organizationId: "text",
    expiresAt: "timestamptz?",
    isSuspended: "bool",
    teamLimits: "jsonb",
    keyLimits: "jsonb",
    defaultKeyLimits: "jsonb",
    isUseToNote: "bool",
  },
});

/** Notes that keys are in use now, unless another process has done so, or is doing so. */
export const noteUses = statement({
  name: "note-uses",
  params: { keyIds: "uuid[]", precisionMs: "float8" },
  text: `UPDATE virtual_keys SET last_used_at = tollgate_now() WHERE id = ANY(ARRAY(
      SELECT id FROM virtual_keys WHERE id = ANY($1) AND ${isUseStale("$2")} FOR NO KEY UPDATE SKIP LOCKED))`,
  row: {},
});

import { statement } from "../../db/statement.js";
import { IS_ORGANIZATION_SUSPENDED, IS_SUSPENDED } from "../organizations/account-status.sql.js";
import { IS_VALID, isValid } from "./key-access.sql.js";

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

/** The same of an organization's key. */
export const findOrganizationHolder = statement({
  name: "find-organization-holder",
  params: { secretHash: "bytea", precisionMs: "float8" },
  text: `SELECT organization_keys.id AS key_id, organization_id, expires_at, ${IS_ORGANIZATION_SUSPENDED} AS is_suspended,
      ${isUseStale("$2")} AND current_setting('transaction_read_only') = 'off' AS is_use_to_note
    FROM organization_keys JOIN organizations ON organizations.id = organization_id
    WHERE secret_hash = $1 AND ${isValid("organization_keys")}`,
  row: {
    keyId: "uuid",
    organizationId: "text",
    expiresAt: "timestamptz?",
    isSuspended: "bool",
    isUseToNote: "bool",
  },
});

/** Notes that keys are in use now, unless another process has done so, or is doing so. */
export const noteUses = statement({
  name: "note-uses",
  params: { keyIds: "uuid[]", precisionMs: "float8" },
  text: noteUsesIn("virtual_keys"),
  row: {},
});

/** The same of organizations' keys. */
export const noteOrganizationUses = statement({
  name: "note-organization-uses",
  params: { keyIds: "uuid[]", precisionMs: "float8" },
  text: noteUsesIn("organization_keys"),
  row: {},
});

function noteUsesIn(table: string): string {
  return `UPDATE ${table} SET last_used_at = tollgate_now() WHERE id = ANY(ARRAY(
      SELECT id FROM ${table} WHERE id = ANY($1) AND ${isUseStale("$2")} FOR NO KEY UPDATE SKIP LOCKED))`;
}

import { statement } from "../../../db/statement.js";
import { IS_ORGANIZATION_SUSPENDED, SUSPENDED } from "../../organizations/account-status.sql.js";
import { IS_VALID, isValid } from "../key-access.sql.js";

/** Whether the use of a key that is noted lies too far back. The argument is SQL, such as "$2". */
const isUseStale = (precisionMs: string): string =>
  `COALESCE(last_used_at <= tollgate_now() - ${precisionMs} * interval '1 ms', TRUE)`;

/**
 * Who holds a secret, until when, and what its calls are limited to. A key that was revoked, or has expired, has no row.
 * The secret is the present one of the key, or the one before, whose time is not over. `rotation` is the number of the
 * secret. `isUseToNote`: its last use is to be noted again, and the database takes changes.
 */
export const findHolder = statement({
  name: "find-holder",
  params: { secretHash: "bytea", precisionMs: "float8" },
  text: `SELECT virtual_keys.id AS key_id, team_id, organization_id, ${SUSPENDED} AS suspended, model_groups,
      LEAST(expires_at, CASE WHEN secret_hash <> $1 THEN previous_valid_until END) AS expires_at,
      CASE WHEN secret_hash = $1 THEN rotations ELSE rotations - 1 END AS rotation,
      teams.limits AS team_limits, virtual_keys.limits AS key_limits, default_key_limits,
      ${isUseStale("$2")} AND current_setting('transaction_read_only') = 'off' AS is_use_to_note
    FROM virtual_keys JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
    WHERE (secret_hash = $1 OR (previous_secret_hash = $1 AND previous_valid_until > tollgate_now())) AND ${IS_VALID}`,
  row: {
    keyId: "uuid",
    teamId: "text",
    organizationId: "text",
    suspended: "text?",
    modelGroups: "jsonb?",
    expiresAt: "timestamptz?",
    rotation: "int4",
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
  text: `SELECT organization_keys.id AS key_id, organization_id, expires_at,
      CASE WHEN ${IS_ORGANIZATION_SUSPENDED} THEN 'ORGANIZATION' END AS suspended,
      ${isUseStale("$2")} AND current_setting('transaction_read_only') = 'off' AS is_use_to_note
    FROM organization_keys JOIN organizations ON organizations.id = organization_id
    WHERE secret_hash = $1 AND ${isValid("organization_keys")}`,
  row: {
    keyId: "uuid",
    organizationId: "text",
    expiresAt: "timestamptz?",
    suspended: "text?",
    isUseToNote: "bool",
  },
});

/** The hash of a key's present secret: of a team's key, or of an organization's. */
export const findSecretHash = statement({
  name: "find-secret-hash",
  params: { keyId: "uuid" },
  text: `SELECT secret_hash FROM virtual_keys WHERE id = $1
    UNION ALL SELECT secret_hash FROM organization_keys WHERE id = $1`,
  row: { secretHash: "bytea" },
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

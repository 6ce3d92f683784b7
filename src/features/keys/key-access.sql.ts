import { joinRow } from "../../db/rows/joined-row.sql.js";
import { statement } from "../../db/statement.js";
import { IS_ORGANIZATION_SUSPENDED, IS_SUSPENDED, SUSPENDED } from "../organizations/account-status.sql.js";

/** Whether a key in this table was neither revoked, nor has expired. */
export const isValid = (table: "virtual_keys" | "organization_keys"): string =>
  `(${table}.revoked_at IS NULL AND (${table}.expires_at IS NULL OR ${table}.expires_at > tollgate_now()))`;

export const IS_VALID = isValid("virtual_keys");

/** Joins the members of a batch, a table `input` with `key_id` and `team_id`, with what decides whether they may work. */
export const JOIN_HOLDERS = `${joinRow("virtual_keys", "input.key_id", "virtual_keys.team_id = input.team_id")}
  ${joinRow("teams", "virtual_keys.team_id")} ${joinRow("organizations", "teams.organization_id")}`;

/** Why the holder of such a member's key may not work, as the first cases of a CASE. */
export const CASES_OF_HOLDERS = `WHEN virtual_keys.id IS NULL OR NOT ${IS_VALID} THEN 'KEY_INVALID' WHEN ${IS_SUSPENDED} THEN 'SUSPENDED_' || ${SUSPENDED}`;

/**
 * What each key may do now, a team's or an organization's: what is suspended, TEAM or ORGANIZATION, or else the number of
 * the oldest of its secrets that is accepted. A key that is revoked or expired has no row.
 */
export const accessOfKeys = statement({
  name: "access-of-keys",
  params: { ids: "uuid[]" },
  text: `SELECT virtual_keys.id,
      COALESCE(${SUSPENDED}, (rotations - CASE WHEN previous_valid_until > tollgate_now() THEN 1 ELSE 0 END)::text) AS version
    FROM virtual_keys JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
    WHERE virtual_keys.id = ANY($1) AND ${IS_VALID}
    UNION ALL SELECT organization_keys.id, CASE WHEN ${IS_ORGANIZATION_SUSPENDED} THEN 'ORGANIZATION' ELSE '0' END
    FROM organization_keys JOIN organizations ON organizations.id = organization_id
    WHERE organization_keys.id = ANY($1) AND ${isValid("organization_keys")}`,
  row: { id: "uuid", version: "text" },
});

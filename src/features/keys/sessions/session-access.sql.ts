import { statement } from "../../../db/statement.js";
import { IS_ORGANIZATION_SUSPENDED } from "../../organizations/account-status.sql.js";

/** Whether an organization may work. No row means that there is none, or that it was deleted. */
export const accessOfOrganization = statement({
  name: "access-of-organization",
  params: { id: "text" },
  text: `SELECT ${IS_ORGANIZATION_SUSPENDED} AS is_suspended FROM organizations WHERE id = $1 AND status <> 'DELETED'`,
  row: { isSuspended: "bool" },
});

/**
 * What each session may do now: ORGANIZATION if the organization of the person is suspended. A session that has ended, or
 * whose organization was deleted, has no row. Its id is its end in milliseconds, a space, and the id of the organization, if
 * there is one.
 */
export const accessOfSessions = statement({
  name: "access-of-sessions",
  params: { ids: "text[]" },
  text: `SELECT asked.id, CASE WHEN ${IS_ORGANIZATION_SUSPENDED} THEN 'ORGANIZATION' ELSE '0' END AS version
    FROM unnest($1::text[]) AS asked (id) LEFT JOIN organizations ON organizations.id = split_part(asked.id, ' ', 2)
    WHERE to_timestamp(split_part(asked.id, ' ', 1)::numeric / 1000) > tollgate_now()
      AND (split_part(asked.id, ' ', 2) = '' OR organizations.status <> 'DELETED')`,
  row: { id: "text", version: "text" },
});

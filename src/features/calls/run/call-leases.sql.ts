import { eachFound } from "../../../db/rows/each-found.sql.js";
import { lockedById } from "../../../db/rows/locked-rows.sql.js";
import { statement } from "../../../db/statement.js";
import { IS_SUSPENDED, SUSPENDED } from "../../organizations/account-status.sql.js";
import { leaseUntil } from "../commit/call-row.sql.js";

/** Extends the leases of calls, which are locked in the order in which settlements lock them. A call that someone else has settled is not among the rows. */
export const renewLeases = statement({
  name: "renew-leases",
  params: { ids: "uuid[]", leaseMs: "float8" },
  text: `WITH locked AS MATERIALIZED (
      SELECT id FROM ${lockedById("llm_calls", "SELECT unnest($1::uuid[])")} WHERE status = 'RUNNING'
    ) UPDATE llm_calls SET lease_until = ${leaseUntil("$2")} FROM locked WHERE llm_calls.id = locked.id RETURNING llm_calls.id`,
  row: { id: "uuid" },
});

/** The calls that are to end: they were cancelled, or their job was closed, or their team suspended or deleted. */
export const findCallsToEnd = statement({
  name: "find-calls-to-end",
  params: { ids: "uuid[]" },
  text: `SELECT llm_calls.id, cancel_requested_by, closing_as::text AS closing_as, CASE WHEN teams.status = 'DELETED' THEN 'DELETED' ELSE ${SUSPENDED} END AS lost_by
    FROM unnest($1::uuid[]) AS asked (call_id) CROSS JOIN ${eachFound("llm_calls", "id, job_id, status, cancel_requested_by", "id = call_id")}
      JOIN jobs ON jobs.id = job_id JOIN teams ON teams.id = jobs.team_id JOIN organizations ON organizations.id = organization_id
    WHERE llm_calls.status = 'RUNNING' AND (cancel_requested_by IS NOT NULL OR closing_as IS NOT NULL OR ${IS_SUSPENDED})`,
  row: { id: "uuid", cancelRequestedBy: "text?", closingAs: "text?", lostBy: "text?" },
});

/**
 * Asks the process that runs a call, whichever it is, to cancel it. No row means that the call is over, or that somebody has
 * asked before.
 */
export const requestCancel = statement({
  name: "request-cancel",
  params: { id: "uuid", authority: "text" },
  text: `UPDATE llm_calls SET cancel_requested_by = $2 FROM jobs JOIN teams ON teams.id = jobs.team_id
    WHERE jobs.id = job_id AND llm_calls.id = $1 AND llm_calls.status = 'RUNNING' AND cancel_requested_by IS NULL
    RETURNING llm_calls.id, organization_id`,
  row: { id: "uuid", organizationId: "text" },
});

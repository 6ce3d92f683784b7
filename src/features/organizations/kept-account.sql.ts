import { statement } from "../../db/statement.js";

/** Locks a team until the transaction ends. */
export const lockTeam = statement({
  name: "lock-team",
  params: { teamId: "text" },
  text: "SELECT organization_id, status, metadata FROM teams WHERE id = $1 FOR NO KEY UPDATE",
  row: { organizationId: "text", status: "account_status", metadata: "jsonb" },
});

/** Locks an organization until the transaction ends. */
export const lockOrganization = statement({
  name: "lock-organization",
  params: { organizationId: "text" },
  text: "SELECT status, metadata FROM organizations WHERE id = $1 FOR NO KEY UPDATE",
  row: { status: "account_status", metadata: "jsonb" },
});

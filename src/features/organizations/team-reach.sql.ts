import { statement } from "../../db/statement.js";

/** Whose a team is, which never changes, and whether it is deleted. */
export const findOwner = statement({
  name: "find-owner",
  params: { teamId: "text" },
  text: "SELECT id AS team_id, organization_id, status AS team_status FROM teams WHERE id = $1",
  row: { teamId: "text", organizationId: "text", teamStatus: "account_status" },
});

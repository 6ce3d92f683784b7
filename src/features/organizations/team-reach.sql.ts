import { statement } from "../../db/statement.js";

/** Whose a team is. It never changes. */
export const findOwner = statement({
  name: "find-owner",
  params: { teamId: "text" },
  text: "SELECT id AS team_id, organization_id FROM teams WHERE id = $1",
  row: { teamId: "text", organizationId: "text" },
});

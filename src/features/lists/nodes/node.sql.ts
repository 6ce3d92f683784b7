import { statement } from "../../../db/statement.js";

/** What has one of these ids, and whose it is. The ids of teams and organizations are chosen, and may be the same. */
export const findNodes = statement({
  name: "find-nodes",
  params: { ids: "text[]", uuids: "uuid[]" },
  text: `SELECT 'Job' AS type, jobs.id::text AS id, team_id, organization_id, teams.status AS status
    FROM jobs JOIN teams ON teams.id = team_id WHERE jobs.id = ANY($2)
    UNION ALL SELECT 'LlmCall', llm_calls.id::text, jobs.team_id, organization_id, teams.status
    FROM llm_calls JOIN jobs ON jobs.id = job_id JOIN teams ON teams.id = jobs.team_id WHERE llm_calls.id = ANY($2)
    UNION ALL SELECT 'Team', id, id, organization_id, status FROM teams WHERE id = ANY($1)
    UNION ALL SELECT 'Organization', id, NULL, id, status FROM organizations WHERE id = ANY($1)`,
  row: { type: "text", id: "text", teamId: "text?", organizationId: "text", status: "account_status" },
});

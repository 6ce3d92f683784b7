import { statement } from "../../db/statement.js";

const MONTH = "to_char(tollgate_now() AT TIME ZONE 'UTC', 'YYYY-MM')";

/** Teams that have not been granted their credits of this month, UTC. */
export const findMonthlyCredits = statement({
  name: "find-monthly-credits",
  params: { batchMax: "int4" },
  text: `SELECT id AS team_id, monthly_credits AS credits, ${MONTH} AS month FROM teams
    WHERE monthly_credits IS NOT NULL AND status <> 'DELETED' AND monthly_credits_from <= ${MONTH}
      AND NOT EXISTS (SELECT FROM credit_grants WHERE account_id = teams.id AND month = ${MONTH})
    ORDER BY id LIMIT $1::int4`,
  row: { teamId: "text", credits: "int4?", month: "text?" },
});

/** Whether a team has been granted its credits of a month. */
export const isMonthGranted = statement({
  name: "is-month-granted",
  params: { teamId: "text", month: "text" },
  text: "SELECT EXISTS (SELECT FROM credit_grants WHERE account_id = $1 AND month = $2) AS is_granted",
  row: { isGranted: "bool?" },
});

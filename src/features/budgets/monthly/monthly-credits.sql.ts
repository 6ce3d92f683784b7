import { statement } from "../../../db/statement.js";
import { CREDITS_MAX } from "../../credits/credits-max.js";

const MONTH = "to_char(tollgate_now() AT TIME ZONE 'UTC', 'YYYY-MM')";

/**
 * Teams that have not been granted their credits of this month, UTC. One that would have been given more than an account can
 * be given is left out: it would take the place of another in each round.
 */
export const findMonthlyCredits = statement({
  name: "find-monthly-credits",
  params: { batchMax: "int4" },
  text: `SELECT id AS team_id, monthly_credits AS credits, ${MONTH} AS month FROM teams
    WHERE monthly_credits IS NOT NULL AND status <> 'DELETED' AND monthly_credits_from <= ${MONTH}
      AND NOT EXISTS (SELECT FROM credit_grants WHERE account_id = teams.id AND month = ${MONTH})
      AND EXISTS (SELECT FROM credit_balances WHERE account_id = teams.id AND allocated <= ${CREDITS_MAX} - monthly_credits)
    ORDER BY id LIMIT $1::int4`,
  row: { teamId: "text", credits: "int4?", month: "text?" },
});

/** Teams that are left out there, because they would have been given more than an account can be given. */
export const findTooFullForMonth = statement({
  name: "find-too-full-for-month",
  params: { batchMax: "int4" },
  text: `SELECT id AS team_id, ${MONTH} AS month FROM teams
    WHERE monthly_credits IS NOT NULL AND status <> 'DELETED' AND monthly_credits_from <= ${MONTH}
      AND NOT EXISTS (SELECT FROM credit_grants WHERE account_id = teams.id AND month = ${MONTH})
      AND EXISTS (SELECT FROM credit_balances WHERE account_id = teams.id AND allocated > ${CREDITS_MAX} - monthly_credits)
    ORDER BY id LIMIT $1::int4`,
  row: { teamId: "text", month: "text?" },
});

/** Whether a team has been granted its credits of a month. */
export const isMonthGranted = statement({
  name: "is-month-granted",
  params: { teamId: "text", month: "text" },
  text: "SELECT EXISTS (SELECT FROM credit_grants WHERE account_id = $1 AND month = $2) AS is_granted",
  row: { isGranted: "bool?" },
});

import { statement } from "../../../db/statement.js";

/** What came into the pools of organizations by the admin, and what is left there. A pool that was never used has no row. */
export const findPools = statement({
  name: "find-pools",
  params: { organizationIds: "text[]" },
  text: `SELECT organization_id, available, (
      SELECT COALESCE(sum(credits), 0)::bigint FROM credit_entries
      WHERE credit_entries.account_id = credit_balances.account_id AND job_id IS NULL AND kind IN ('GRANT', 'ADJUST', 'LAPSE')
    ) AS granted FROM credit_balances WHERE organization_id = ANY($1)`,
  row: { organizationId: "text?", available: "int4", granted: "safeint?" },
});

/** The organization that each account belongs to, as a pool or through its team. */
export const findOwners = statement({
  name: "find-owners",
  params: { accountIds: "text[]" },
  text: `SELECT account_id, COALESCE(credit_balances.organization_id, teams.organization_id) AS organization_id
    FROM credit_balances LEFT JOIN teams ON teams.id = team_id WHERE account_id = ANY($1)`,
  row: { accountId: "text", organizationId: "text?" },
});

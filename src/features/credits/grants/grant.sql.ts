import type { RowOf } from "../../../db/column-type.js";
import { list } from "../../../db/lists/list.js";
import { statement } from "../../../db/statement.js";
import type { CreditGrant } from "../../../generated/prisma/client.js";
import { IN_ORDER_OF_USE, leftOf } from "./order-of-use.sql.js";

const creditGrantRow = {
  id: "uuid",
  entryId: "uuid",
  accountId: "text",
  credits: "int4",
  remaining: "int4",
  category: "credit_category",
  expiresAt: "timestamptz?",
  reference: "text?",
  month: "text?",
  createdAt: "timestamptz",
} as const satisfies RowOf<CreditGrant>;

/** The grants of an account, newest first. */
export const creditGrants = list({
  table: "credit_grants",
  row: creditGrantRow,
  parent: "accountId",
  order: ["createdAt", "id"],
  direction: "DESC",
});

/** Accounts of whose expired grants more is left than open jobs hold. Some of it may have been used meanwhile. */
export const findLapsed = statement({
  name: "find-lapsed",
  params: { batchMax: "int4" },
  text: `SELECT account_id FROM (
      SELECT account_id, sum(remaining) AS expired FROM credit_grants
      WHERE remaining > 0 AND expires_at <= tollgate_now() GROUP BY account_id
    ) AS grants JOIN credit_balances USING (account_id)
    WHERE expired > held ORDER BY account_id LIMIT $1::int4`,
  row: { accountId: "text" },
});

/**
 * What is left of each of these grants, without the used credits that have not been taken from it yet. A grant of which
 * nothing is left has no row.
 */
export const findRemainingOfGrants = statement({
  name: "find-remaining-of-grants",
  params: { ids: "uuid[]" },
  text: `SELECT grants.id, LEAST(grants.remaining, before + grants.remaining - used + used_of_grants)::integer AS remaining
    FROM (SELECT DISTINCT account_id FROM credit_grants WHERE id = ANY($1)) AS asked JOIN credit_balances USING (account_id)
      CROSS JOIN LATERAL (${leftOf("asked.account_id", "TRUE", IN_ORDER_OF_USE)}) AS grants
    WHERE grants.id = ANY($1) AND before + grants.remaining > used - used_of_grants`,
  row: { id: "uuid", remaining: "int4" },
});

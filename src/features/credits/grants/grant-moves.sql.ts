import { statement } from "../../../db/statement.js";
import { IN_ORDER_OF_USE, leftOf } from "./order-of-use.sql.js";

/** Writes a grant. `id` is its own, and `entryId` that of the entry that brings its credits. */
export const insertGrant = statement({
  name: "insert-grant",
  params: {
    id: "uuid",
    entryId: "uuid",
    accountId: "text",
    credits: "int4",
    category: "credit_category",
    expiresAt: "timestamptz?",
    reference: "text?",
    month: "text?",
  },
  text: `INSERT INTO credit_grants (id, entry_id, account_id, credits, remaining, category, expires_at, reference, month, created_at)
    VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, tollgate_now())`,
  row: {},
});

/** Takes from an account's grants, in the order of use, what the account has used since that was done last. */
export const settleGrants = statement({
  name: "settle-grants",
  params: { accountId: "text" },
  text: `WITH account AS MATERIALIZED (
      SELECT account_id, used, used - used_of_grants AS due FROM credit_balances WHERE account_id = $1
    ), settled AS (
      UPDATE credit_grants SET remaining = credit_grants.remaining - LEAST(credit_grants.remaining, due - before)
      FROM (${leftOf("$1", "TRUE", IN_ORDER_OF_USE)}) AS grants, account
      WHERE credit_grants.id = grants.id AND before < due
    ) UPDATE credit_balances SET used_of_grants = account.used FROM account WHERE credit_balances.account_id = account.account_id`,
  row: {},
});

/**
 * Takes credits from an account's grants that have not expired: from those of the entry `firstOf` first, then in the order
 * of use. Returns what was taken of each.
 */
export const takeFromGrants = statement({
  name: "take-from-grants",
  params: { accountId: "text", credits: "int4", firstOf: "uuid?" },
  text: `UPDATE credit_grants SET remaining = credit_grants.remaining - LEAST(credit_grants.remaining, $2::int4 - before)
    FROM (${leftOf(
      "$1",
      "(expires_at IS NULL OR expires_at > tollgate_now())",
      `entry_id IS NOT DISTINCT FROM $3::uuid DESC, ${IN_ORDER_OF_USE}`,
    )}) AS grants
    WHERE credit_grants.id = grants.id AND before < $2::int4
    RETURNING LEAST(grants.remaining, $2::int4 - before)::integer AS credits, credit_grants.category, credit_grants.expires_at,
      credit_grants.reference`,
  row: { credits: "int4", category: "credit_category", expiresAt: "timestamptz?", reference: "text?" },
});

/**
 * Takes what is left of an account's expired grants, but for what open jobs hold: they hold the credits that are used
 * first. Returns what was taken of each grant.
 */
export const lapseGrants = statement({
  name: "lapse-grants",
  params: { accountId: "text" },
  text: `UPDATE credit_grants SET remaining = GREATEST(0, LEAST(credit_grants.remaining, held - before))
    FROM (${leftOf("$1", "expires_at <= tollgate_now()", IN_ORDER_OF_USE)}) AS grants,
      (SELECT held FROM credit_balances WHERE account_id = $1) AS account
    WHERE credit_grants.id = grants.id AND before + grants.remaining > held
    RETURNING LEAST(grants.remaining, before + grants.remaining - held)::integer AS credits, credit_grants.entry_id`,
  row: { credits: "int4", entryId: "uuid" },
});

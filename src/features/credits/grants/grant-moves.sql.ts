import { statement } from "../../../db/statement.js";
import { IN_ORDER_OF_USE, leftOf } from "./order-of-use.sql.js";

/** Writes the grants of one entry. `grants` is a JSON array of objects, each with the columns of a grant. */
export const insertGrants = statement({
  name: "insert-grants",
  params: { entryId: "uuid", accountId: "text", grants: "text" },
  text: `INSERT INTO credit_grants (id, entry_id, account_id, credits, remaining, category, expires_at, reference, month, created_at)
    SELECT gen_random_uuid(), $1, $2, credits, credits, category, "expiresAt", reference, month, tollgate_now()
    FROM jsonb_to_recordset($3::text::jsonb) AS grants (credits integer, category credit_category, "expiresAt" timestamptz, reference text, month text)`,
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
 * Ends what is left of an account's expired grants, but for what open jobs hold: they hold the credits that are used
 * first. Writes an entry for each grant. However many there are, it is one statement.
 */
export const lapseGrants = statement({
  name: "lapse-grants",
  params: { accountId: "text" },
  text: `WITH account AS MATERIALIZED (
      SELECT * FROM credit_balances WHERE account_id = $1
    ), lapsed AS (
      UPDATE credit_grants SET remaining = GREATEST(0, LEAST(credit_grants.remaining, held - before))
      FROM (${leftOf("$1", "expires_at <= tollgate_now()", IN_ORDER_OF_USE)}) AS grants, account
      WHERE credit_grants.id = grants.id AND before + grants.remaining > held
      RETURNING LEAST(grants.remaining, before + grants.remaining - held)::integer AS credits, credit_grants.entry_id, before
    ), lines AS (
      SELECT entry_id, credits, row_number() OVER in_order AS place, sum(credits) OVER in_order AS so_far FROM lapsed
      WINDOW in_order AS (ORDER BY before)
    ), entries AS (
      INSERT INTO credit_entries (id, account_id, sequence, kind, credits, held_credits, available_after, held_after, allocated_after,
        previous_sequence, available_before, held_before, allocated_before, about_entry_id, actor, created_at)
      SELECT gen_random_uuid(), account_id, last_sequence + place, 'LAPSE', -credits, 0, available - so_far, held, allocated - so_far,
        last_sequence + place - 1, available - so_far + credits, held, allocated - so_far + credits, entry_id, 'gateway', tollgate_now()
      FROM lines, account
    ) UPDATE credit_balances SET available = account.available - total, allocated = account.allocated - total,
        last_sequence = account.last_sequence + count
      FROM account, (SELECT sum(credits)::integer AS total, count(*)::integer AS count FROM lapsed) AS sums
      WHERE credit_balances.account_id = account.account_id AND count > 0`,
  row: {},
});

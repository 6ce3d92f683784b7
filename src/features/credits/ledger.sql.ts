import { columnsOf } from "../../db/field-names.js";
import { statement } from "../../db/statement.js";
import { creditBalanceRow } from "./credit.sql.js";

/** Opens the pool of an organization, at zero, unless it is open. */
export const openPool = statement({
  name: "open-pool",
  params: { accountId: "text", organizationId: "text" },
  text: "INSERT INTO credit_balances (account_id, organization_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
  row: {},
});

/** Locks accounts until the transaction ends, in the order of their ids. */
export const lockAccounts = statement({
  name: "lock-accounts",
  params: { accountIds: "text[]" },
  text: `SELECT ${columnsOf(creditBalanceRow)} FROM credit_balances WHERE account_id = ANY($1) ORDER BY account_id FOR NO KEY UPDATE`,
  row: creditBalanceRow,
});

/**
 * Brings credits to an account, or takes some from it, and writes the entry of it. Returns no row, and writes nothing, if
 * fewer are available than are to be taken, or if the account would have been given more than `allocatedMax` in all.
 */
export const moveCredits = statement({
  name: "move-credits",
  params: {
    accountId: "text",
    credits: "int4",
    allocatedMax: "int4",
    entryId: "uuid",
    kind: "credit_entry_kind",
    aboutEntryId: "uuid?",
    transferId: "uuid?",
    reason: "text?",
    actor: "text",
  },
  text: `WITH moved AS (
      UPDATE credit_balances SET available = available + $2::int4, allocated = allocated + $2::int4,
        last_sequence = COALESCE(last_sequence, 0) + 1
      WHERE account_id = $1 AND available::int8 + $2::int4 >= 0 AND allocated::int8 + $2::int4 <= $3::int4
      RETURNING *
    ), entry AS (
      INSERT INTO credit_entries (id, account_id, sequence, kind, credits, held_credits, available_after, held_after, allocated_after,
        previous_sequence, available_before, held_before, allocated_before, about_entry_id, transfer_id, reason, actor, created_at)
      SELECT $4::uuid, account_id, last_sequence, $5::credit_entry_kind, $2, 0, available, held, allocated,
        NULLIF(last_sequence - 1, 0), available - $2, held, allocated - $2, $6::uuid, $7::uuid, $8::text, $9::text, tollgate_now()
      FROM moved
    ) SELECT ${columnsOf(creditBalanceRow)} FROM moved`,
  row: creditBalanceRow,
});

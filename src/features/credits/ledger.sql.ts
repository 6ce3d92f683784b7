import { columnsOf } from "../../db/field-names.js";
import { statement } from "../../db/statement.js";
import { creditBalanceRow } from "./credit.sql.js";

/**
 * Gives a team credits, or takes some back, and writes the entry of it. Returns no row, and writes nothing, if fewer are
 * available than are to be taken, or if the team would have been given more than `allocatedMax` in all.
 */
export const giveCredits = statement({
  name: "give-credits",
  params: {
    teamId: "text",
    credits: "int4",
    allocatedMax: "int4",
    entryId: "uuid",
    kind: "credit_entry_kind",
    reason: "text?",
    actor: "text",
  },
  text: `WITH moved AS (
      UPDATE credit_balances SET available = available + $2::int4, allocated = allocated + $2::int4,
        last_sequence = COALESCE(last_sequence, 0) + 1
      WHERE team_id = $1 AND available::int8 + $2::int4 >= 0 AND allocated::int8 + $2::int4 <= $3::int4
      RETURNING *
    ), entry AS (
      INSERT INTO credit_entries (id, team_id, sequence, kind, credits, held_credits, available_after, held_after,
        previous_sequence, available_before, held_before, reason, actor, created_at)
      SELECT $4::uuid, team_id, last_sequence, $5::credit_entry_kind, $2, 0, available, held,
        NULLIF(last_sequence - 1, 0), available - $2, held, $6::text, $7::text, tollgate_now()
      FROM moved
    ) SELECT ${columnsOf(creditBalanceRow)} FROM moved`,
  row: creditBalanceRow,
});

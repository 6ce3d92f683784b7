import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { statement } from "../../db/statement.js";
import type { CreditBalance } from "../../generated/prisma/client.js";

const creditBalanceRow = {
  teamId: "text",
  allocated: "int4",
  used: "int4",
  held: "int4",
  available: "int4",
  lastSequence: "int4?",
} as const satisfies RowOf<CreditBalance>;

/**
 * Moves a team's balance and writes the entry of the movement. Returns no row, and writes nothing, if a figure would fall
 * below zero or the team would have been given more than `allocatedMax` in all.
 */
export const moveCredits = statement({
  name: "move-credits",
  params: {
    teamId: "text",
    credits: "int4",
    heldCredits: "int4",
    allocated: "int4",
    used: "int4",
    allocatedMax: "int4",
    entryId: "uuid",
    kind: "credit_entry_kind",
    jobId: "uuid?",
    reason: "text?",
    actor: "text",
  },
  text: `WITH moved AS (
      UPDATE credit_balances SET available = available + $2::int4, held = held + $3::int4, allocated = allocated + $4::int4,
        used = used + $5::int4, last_sequence = COALESCE(last_sequence, 0) + 1
      WHERE team_id = $1 AND available::int8 + $2::int4 >= 0 AND held + $3 >= 0 AND allocated::int8 + $4::int4 <= $6::int4
      RETURNING *
    ), entry AS (
      INSERT INTO credit_entries (id, team_id, sequence, kind, credits, held_credits, available_after, held_after,
        previous_sequence, available_before, held_before, job_id, hold_entry_id, reason, actor, created_at)
      SELECT $7::uuid, team_id, last_sequence, $8::credit_entry_kind, $2, $3, available, held,
        NULLIF(last_sequence - 1, 0), available - $2, held - $3, $9::uuid,
        (SELECT id FROM credit_entries WHERE job_id = $9 AND kind = 'HOLD'), $10::text, $11::text, tollgate_now()
      FROM moved
    ) SELECT ${columnsOf(creditBalanceRow)} FROM moved`,
  row: creditBalanceRow,
});

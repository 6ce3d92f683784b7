import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { list } from "../../db/page.js";
import { statement } from "../../db/statement.js";
import type { CreditBalance, CreditEntry } from "../../generated/prisma/client.js";

export const creditBalanceRow = {
  teamId: "text",
  allocated: "int4",
  used: "int4",
  held: "int4",
  available: "int4",
  lastSequence: "int4?",
} as const satisfies RowOf<CreditBalance>;

export const findBalances = statement({
  name: "find-balances",
  params: { teamIds: "text[]" },
  text: `SELECT ${columnsOf(creditBalanceRow)} FROM credit_balances WHERE team_id = ANY($1)`,
  row: creditBalanceRow,
});

const creditEntryRow = {
  id: "uuid",
  teamId: "text",
  sequence: "int4",
  kind: "credit_entry_kind",
  credits: "int4",
  heldCredits: "int4",
  availableAfter: "int4",
  heldAfter: "int4",
  previousSequence: "int4?",
  availableBefore: "int4",
  heldBefore: "int4",
  jobId: "uuid?",
  holdEntryId: "uuid?",
  reason: "text?",
  actor: "text",
  createdAt: "timestamptz",
} as const satisfies RowOf<CreditEntry>;

/** A team's ledger, newest first. */
export const creditEntries = list({
  table: "credit_entries",
  row: creditEntryRow,
  parent: "teamId",
  order: ["sequence"],
  direction: "DESC",
  // The sequence has no gaps, so the last one is the number of entries.
  countOfParent: "SELECT COALESCE(last_sequence, 0) FROM credit_balances WHERE team_id = parent.id",
});

import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { isCreatedWithin, isOneOf } from "../../db/filter-condition.js";
import { type Condition, list } from "../../db/lists/list.js";
import { statement } from "../../db/statement.js";
import type { CreditBalance, CreditEntry } from "../../generated/prisma/client.js";
import type { CreditEntryFilter } from "./credit.input.js";

export const creditBalanceRow = {
  accountId: "text",
  teamId: "text?",
  organizationId: "text?",
  allocated: "int4",
  used: "int4",
  usedOfGrants: "int4",
  held: "int4",
  available: "int4",
  lastSequence: "int4?",
} as const satisfies RowOf<CreditBalance>;

export const findBalances = statement({
  name: "find-balances",
  params: { accountIds: "text[]" },
  text: `SELECT ${columnsOf(creditBalanceRow)} FROM credit_balances WHERE account_id = ANY($1)`,
  row: creditBalanceRow,
});

const creditEntryRow = {
  id: "uuid",
  accountId: "text",
  sequence: "int4",
  kind: "credit_entry_kind",
  credits: "int4",
  heldCredits: "int4",
  availableAfter: "int4",
  heldAfter: "int4",
  allocatedAfter: "int4",
  previousSequence: "int4?",
  availableBefore: "int4",
  heldBefore: "int4",
  allocatedBefore: "int4",
  jobId: "uuid?",
  jobSequence: "int4?",
  previousJobSequence: "int4?",
  jobHeldBefore: "int4?",
  jobHeldAfter: "int4?",
  aboutEntryId: "uuid?",
  transferId: "uuid?",
  reason: "text?",
  actor: "text",
  createdAt: "timestamptz",
} as const satisfies RowOf<CreditEntry>;

/** The last entries of each job, at most `entriesMax`, in order. */
export const findEntriesOfJobs = statement({
  name: "find-entries-of-jobs",
  params: { jobIds: "uuid[]", entriesMax: "int4" },
  text: `SELECT ${columnsOf(creditEntryRow, "entry")} FROM unnest($1::uuid[]) AS asked(id) CROSS JOIN LATERAL (
      SELECT * FROM credit_entries WHERE job_id = asked.id ORDER BY job_sequence DESC LIMIT $2::int4) AS entry
    ORDER BY entry.job_id, entry.job_sequence`,
  row: creditEntryRow,
});

/** An account's ledger, newest first. */
export const creditEntries = list({
  table: "credit_entries",
  row: creditEntryRow,
  parent: "accountId",
  order: ["sequence"],
  direction: "DESC",
  // The sequence has no gaps, so the last one is the number of entries.
  countOfParent: "SELECT COALESCE(last_sequence, 0) FROM credit_balances WHERE account_id = parent.id",
});

/** The conditions on an entry that passes the filter. */
export const fits = (filter: CreditEntryFilter): Condition[] => [
  ...(filter.kind ? [isOneOf("kind::text", filter.kind)] : []),
  ...isCreatedWithin(filter),
];

/**
 * Where accounts stood at a time. One that had no entry yet is left out. An entry is dated by when its transaction began. One
 * that waited for a lock has a later sequence than others that began after it, so the last one of the time is looked for
 * among those that began up to a minute before. No transaction takes nearly as long.
 */
export const findBalancesAt = statement({
  name: "find-balances-at",
  params: { accountIds: "text[]", at: "timestamptz" },
  text: `SELECT entry.account_id, allocated_after AS allocated, available_after AS available, held_after AS held,
      allocated_after - available_after - held_after AS used
    FROM unnest($1::text[]) AS account(id) CROSS JOIN LATERAL (
      SELECT * FROM credit_entries WHERE account_id = account.id AND created_at <= $2 AND created_at >= (
          SELECT max(created_at) FROM credit_entries WHERE account_id = account.id AND created_at <= $2) - interval '1 minute'
      ORDER BY sequence DESC LIMIT 1
    ) AS entry`,
  row: { accountId: "text", allocated: "int4", available: "int4", held: "int4", used: "int4" },
});

/**
 * What came into the whole ledger, and where it is: all accounts of teams and pools, at one moment. What was issued and
 * what lapsed is read from the entries, and the rest from the balances, which foreign keys hold to their entries. Nothing
 * holds the grants to the balances, so accounts are counted of whose grants another number is left.
 */
export const findTotals = statement({
  name: "find-totals",
  params: {},
  text: `SELECT issued, lapsed, available, held, earned, unsound_accounts FROM (
      SELECT COALESCE(sum(credits) FILTER (WHERE kind IN ('GRANT', 'ADJUST')), 0)::bigint AS issued,
        COALESCE(-sum(credits) FILTER (WHERE kind = 'LAPSE'), 0)::bigint AS lapsed
      FROM credit_entries WHERE job_id IS NULL
    ) AS given, (
      SELECT COALESCE(sum(available), 0)::bigint AS available, COALESCE(sum(held), 0)::bigint AS held,
        COALESCE(sum(used), 0)::bigint AS earned,
        count(*) FILTER (WHERE COALESCE(remaining, 0) <> allocated - used_of_grants)::integer AS unsound_accounts
      FROM credit_balances LEFT JOIN (
        SELECT account_id, sum(remaining) AS remaining FROM credit_grants WHERE remaining > 0 GROUP BY account_id
      ) AS grants USING (account_id)
    ) AS balances`,
  row: {
    issued: "safeint",
    lapsed: "safeint",
    available: "safeint",
    held: "safeint",
    earned: "safeint",
    unsoundAccounts: "int4",
  },
});

/** Of which account an entry is. */
export const findEntry = statement({
  name: "find-entry",
  params: { entryId: "uuid" },
  text: "SELECT account_id FROM credit_entries WHERE id = $1",
  row: { accountId: "text" },
});

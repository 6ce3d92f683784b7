import type { Static } from "typebox";
import type { CreditEntryRow } from "../../../features/credits/credit.service.js";
import { CreditEntryKind } from "../../../generated/prisma/enums.js";
import { EXAMPLE } from "../example.js";
import { lowerCase, lowerCased } from "../letter-case.js";
import { answer, integer, listOf, oneOf, orNull, record, text, time } from "../schemas.js";

const Transaction = record({
  transaction_id: text("A UUID."),
  kind: oneOf(
    lowerCased(CreditEntryKind),
    '"grant" adds credits, "hold" reserves one for a new job, "post" takes it when the job completes, "void" and "expire" give it back, and "adjust" is a correction.',
  ),
  credits: integer("By how much the available credits changed, with a sign."),
  held_credits: integer("By how much the held credits changed, with a sign."),
  available_after: integer("How many credits were available afterwards."),
  held_after: integer("How many credits were held afterwards."),
  reason: orNull(text("The reason that was given, or null.")),
  actor: text(
    'Who caused it: "admin", "key:<id of a virtual key>", "orgkey:<id of a key of an organization>", "person:<id of a person at the provider>" or "gateway".',
  ),
  job_id: orNull(text("The id of the job that held, took or gave back the credit. Null if there is no job.")),
  created_at: time("When it happened."),
});

export const Transactions = answer(
  "Transactions",
  {
    team_id: text("The id of the team."),
    total: integer("How many transactions the team has in all."),
    transactions: listOf(Transaction, "The transactions of this page, newest first."),
  },
  {
    team_id: EXAMPLE.teamId,
    total: 2,
    transactions: [
      {
        transaction_id: "9b2d1c5e-3f0a-4d6b-8a7c-1e2f3a4b5c6d",
        kind: "hold",
        credits: -1,
        held_credits: 1,
        available_after: 99,
        held_after: 1,
        reason: null,
        actor: "key:3d5e7f90-1a2b-4c3d-8e4f-5a6b7c8d9e0f",
        job_id: EXAMPLE.jobId,
        created_at: EXAMPLE.started,
      },
      {
        transaction_id: "1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5b",
        kind: "grant",
        credits: 100,
        held_credits: 0,
        available_after: 100,
        held_after: 0,
        reason: "Initial allocation",
        actor: "admin",
        job_id: null,
        created_at: EXAMPLE.created,
      },
    ],
  },
);

const transactionShape = (entry: CreditEntryRow): Static<typeof Transaction> => ({
  transaction_id: entry.id,
  kind: lowerCase(entry.kind),
  credits: entry.credits,
  held_credits: entry.heldCredits,
  available_after: entry.availableAfter,
  held_after: entry.heldAfter,
  reason: entry.reason,
  actor: entry.actor,
  job_id: entry.jobId,
  created_at: entry.createdAt,
});

export const transactionsShape = (
  teamId: string,
  total: number,
  entries: readonly CreditEntryRow[],
): Static<typeof Transactions> => ({ team_id: teamId, total, transactions: entries.map(transactionShape) });

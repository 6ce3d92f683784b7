import type { ValuesOf } from "../../db/column-type.js";
import type { Transaction } from "../../db/transaction.js";
import type { CreditBalance, CreditCategory, CreditEntryKind } from "../../generated/prisma/client.js";
import { invalid } from "../../input/validate.js";
import { DomainError } from "../../lib/errors.js";
import { newId } from "../../lib/ids.js";
import { poolOf } from "./account.js";
import { CREDITS_MAX } from "./credits-max.js";
import { insertGrants, lapseGrants, settleGrants, takeFromGrants } from "./grants/grant-moves.sql.js";
import { lockAccounts, moveCredits, openPool } from "./ledger.sql.js";

/** What credits are worth that come to an account together. */
export interface GrantTerms {
  readonly category: CreditCategory;
  /** Null means that they never expire. */
  readonly expiresAt: Date | null;
  readonly reference: string | null;
}

export const PAID_FOR_EVER: GrantTerms = { category: "PAID", expiresAt: null, reference: null };

/** What every movement says of itself. */
interface Movement {
  /** The id of the entry. The caller gives it if it must know it. */
  readonly entryId?: string;
  readonly reason: string | null;
  readonly actor: string;
}

/**
 * The movements of credits that are not about a job: they come to an account, leave it, or go to another one. A credit of
 * a team is held when a job opens. Then it is posted (taken), voided or expired (given back), exactly once:
 * `ledger-moves.sql.ts` has that part of the statements that open and end jobs. Nothing else writes credits.
 *
 * Every movement is one immutable entry and one change of the balance, in one statement. The database refuses an entry
 * that does not start from where the last one ended, a balance that differs from its last entry, and a second end of a
 * job's hold. Jobs do not touch the grants: what they use is taken from the grants when these are needed next, in a
 * transaction that has locked the account.
 */
export class Ledger {
  /** Opens the account of a new team, at zero. */
  async openOfTeam({ tx }: Transaction, teamId: string): Promise<void> {
    await tx.creditBalance.create({ data: { accountId: teamId, teamId } });
  }

  /** Returns the pool of an organization. Opens it, at zero, unless it is open. */
  async openPool({ sql }: Transaction, organizationId: string): Promise<string> {
    const accountId = poolOf(organizationId);
    await sql.run(openPool, { accountId, organizationId });
    return accountId;
  }

  /**
   * Locks accounts, takes from their grants what was used, and ends what has expired. Returns the ids of those that there
   * are. Every other movement needs that first.
   */
  async lock(transaction: Transaction, accountIds: readonly string[]): Promise<Set<string>> {
    const accounts = await transaction.sql.run(lockAccounts, { accountIds });
    for (const { accountId, used, usedOfGrants } of accounts) {
      if (used > usedOfGrants) await transaction.sql.run(settleGrants, { accountId });
      await transaction.sql.run(lapseGrants, { accountId });
    }
    return new Set(accounts.map(({ accountId }) => accountId));
  }

  /**
   * Brings new credits to an account. `month` is given with a team's monthly ones. Throws INVALID_INPUT if the account would
   * have been given more than 2^31-1 in all.
   */
  async grant(
    transaction: Transaction,
    grant: Movement & GrantTerms & { readonly accountId: string; readonly credits: number; readonly month?: string },
  ): Promise<CreditBalance> {
    const entryId = grant.entryId ?? newId();
    return this.give(transaction, { ...grant, entryId, kind: "GRANT" }, [grant]);
  }

  /**
   * Corrects what an account was given, up or down, and says which entry was wrong. What is taken is taken of that entry's
   * own credits first. Throws INSUFFICIENT_CREDITS if fewer are available than are to be taken.
   */
  async adjust(
    transaction: Transaction,
    adjustment: Movement & {
      readonly accountId: string;
      readonly credits: number;
      readonly aboutEntryId: string | null;
    },
  ): Promise<CreditBalance> {
    const entryId = adjustment.entryId ?? newId();
    const entry = { ...adjustment, entryId, kind: "ADJUST" } as const;
    if (entry.credits > 0) return this.give(transaction, entry, [{ ...entry, ...PAID_FOR_EVER }]);
    return (await this.take(transaction, { ...entry, credits: -entry.credits })).balance;
  }

  /**
   * Moves credits from one account to another, which must be locked: both entries or neither. They keep their category,
   * their expiry and their reference. Throws INSUFFICIENT_CREDITS if fewer are available.
   */
  async transfer(
    transaction: Transaction,
    {
      from,
      to,
      credits,
      ...movement
    }: Movement & { readonly from: string; readonly to: string; readonly credits: number },
  ): Promise<{ from: CreditBalance; to: CreditBalance }> {
    const transferId = newId();
    const { entryId, ...text } = movement;
    const out = { ...text, transferId, entryId: newId(), kind: "TRANSFER_OUT" } as const;
    const taken = await this.take(transaction, { ...out, accountId: from, credits });
    const into = { ...text, transferId, entryId: entryId ?? newId(), kind: "TRANSFER_IN" } as const;
    return { from: taken.balance, to: await this.give(transaction, { ...into, accountId: to, credits }, taken.pieces) };
  }

  private async give(transaction: Transaction, entry: Entry, grants: readonly Piece[]): Promise<CreditBalance> {
    const balance = await this.move(transaction, entry);
    if (!balance)
      throw invalid("input.credits", `must not raise what was given in all above ${CREDITS_MAX}`, entry.credits);
    const { accountId, entryId } = entry;
    const rows = grants.map(({ credits, category, expiresAt, reference, month }) => {
      return { credits, category, expiresAt, reference, month };
    });
    await transaction.sql.run(insertGrants, { entryId, accountId, grants: JSON.stringify(rows) });
    return balance;
  }

  private async take(transaction: Transaction, entry: Entry): Promise<{ balance: CreditBalance; pieces: Piece[] }> {
    const { accountId, credits, aboutEntryId: firstOf = null } = entry;
    const balance = await this.move(transaction, { ...entry, credits: -credits });
    if (!balance) throw await notEnough(transaction, accountId, credits);
    return { balance, pieces: await transaction.sql.run(takeFromGrants, { accountId, credits, firstOf }) };
  }

  /** Moves the balance and writes the entry. Undefined, and nothing written, if the balance cannot be moved so. */
  private async move({ sql }: Transaction, entry: Entry): Promise<CreditBalance | undefined> {
    const { aboutEntryId = null, transferId = null, accountId, credits, entryId, kind, reason, actor } = entry;
    const columns = { accountId, credits, entryId, kind, aboutEntryId, transferId, reason, actor };
    const [balance] = await sql.run(moveCredits, { ...columns, allocatedMax: CREDITS_MAX });
    return balance;
  }
}

interface Entry extends Required<Movement> {
  readonly accountId: string;
  readonly credits: number;
  readonly kind: Exclude<CreditEntryKind, "HOLD" | "POST" | "VOID" | "EXPIRE">;
  readonly aboutEntryId?: string | null;
  readonly transferId?: string | null;
}

/** Credits with the terms of their grant. */
type Piece = GrantTerms & Pick<ValuesOf<typeof takeFromGrants.row>, "credits"> & { readonly month?: string };

async function notEnough({ tx }: Transaction, accountId: string, needed: number): Promise<DomainError> {
  const account = await tx.creditBalance.findUniqueOrThrow({ where: { accountId } });
  const { teamId, organizationId, available } = account;
  const holder = teamId === null ? "pool of the organization" : "team";
  const message = `The ${holder} has ${available} credits available; ${needed} cannot be taken.`;
  return new DomainError("INSUFFICIENT_CREDITS", message, {
    ...(teamId === null ? { organizationId } : { teamId }),
    needed,
    available,
  });
}

export const noCredit = (teamId: string): DomainError =>
  new DomainError("INSUFFICIENT_CREDITS", "The team has no credit available for another job.", {
    teamId,
    needed: 1,
    available: 0,
  });

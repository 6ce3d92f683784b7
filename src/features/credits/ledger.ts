import type { Transaction } from "../../db/transaction.js";
import type { CreditBalance } from "../../generated/prisma/client.js";
import { invalid } from "../../input/validate.js";
import { DomainError } from "../../lib/errors.js";
import { newId } from "../../lib/ids.js";
import { giveCredits } from "./ledger.sql.js";

export const CREDITS_MAX = 2_147_483_647;

/**
 * The ledger's two sources of credits. A credit is granted to a team (or adjusted), here, and held when a job opens. Then
 * it is posted (taken), voided or expired (given back), exactly once: `ledger-moves.sql.ts` has that part of the
 * statements that open and end jobs. Nothing else writes credits. Every movement is one immutable entry and one change of
 * the balance, in one statement. The database refuses an entry that does not start from where the last one ended, a
 * balance that differs from its last entry, a second hold of a job, and a second resolution of a hold.
 */
export class Ledger {
  /** Opens a new team's account, at zero. */
  async open(transaction: Transaction, teamId: string): Promise<void> {
    await transaction.tx.creditBalance.create({ data: { teamId } });
  }

  /** Gives a team credits. Throws INVALID_INPUT if the team would have been given more than 2^31-1 in all. */
  async grant(
    transaction: Transaction,
    grant: { entryId?: string; teamId: string; credits: number; reason: string | null; actor: string },
  ): Promise<CreditBalance> {
    const balance = await this.append(transaction, { ...grant, kind: "GRANT" });
    if (!balance) throw tooMuchGiven(grant.credits);
    return balance;
  }

  /** Corrects what a team was given, up or down. Throws INSUFFICIENT_CREDITS if fewer are available than are to be taken. */
  async adjust(
    transaction: Transaction,
    adjustment: { entryId?: string; teamId: string; credits: number; reason: string; actor: string },
  ): Promise<CreditBalance> {
    const { teamId, credits } = adjustment;
    const balance = await this.append(transaction, { ...adjustment, kind: "ADJUST" });
    if (balance) return balance;
    if (credits > 0) throw tooMuchGiven(credits);
    const { available } = await transaction.tx.creditBalance.findUniqueOrThrow({ where: { teamId } });
    throw new DomainError(
      "INSUFFICIENT_CREDITS",
      `The team has ${available} credits available; ${-credits} cannot be taken.`,
      { teamId, needed: -credits, available },
    );
  }

  /** Moves the balance and writes the entry. Undefined, and nothing written, if the balance cannot be moved so. */
  private async append({ sql }: Transaction, movement: Movement): Promise<CreditBalance | undefined> {
    const { entryId = newId(), ...columns } = movement;
    const [balance] = await sql.run(giveCredits, { ...columns, entryId, allocatedMax: CREDITS_MAX });
    return balance;
  }
}

export const noCredit = (teamId: string): DomainError =>
  new DomainError("INSUFFICIENT_CREDITS", "The team has no credit available for another job.", {
    teamId,
    needed: 1,
    available: 0,
  });

function tooMuchGiven(credits: number): DomainError {
  return invalid("input.credits", `must not raise what the team was given in all above ${CREDITS_MAX}`, credits);
}

interface Movement {
  /** Given if the caller must know the id. */
  readonly entryId?: string;
  readonly teamId: string;
  readonly kind: "GRANT" | "ADJUST";
  readonly credits: number;
  readonly reason: string | null;
  readonly actor: string;
}

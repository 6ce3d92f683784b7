import { authorize } from "../../auth/policy.js";
import { actorOf, scopeOf, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import { fetchPages, type Page } from "../../db/page.js";
import type { Sql } from "../../db/statement.js";
import type { Transaction } from "../../db/transaction.js";
import type { CreditBalance, CreditEntry } from "../../generated/prisma/client.js";
import type { PageWindow } from "../../input/page-window.js";
import { isId } from "../../input/rules.js";
import { validate } from "../../input/validate.js";
import { notFound } from "../../lib/errors.js";
import { type Claim, claimOf, type IdempotencyKeys } from "../idempotency/idempotency-keys.js";
import type { TeamReach } from "../organizations/team-reach.js";
import type { AddCreditsInput, AdjustCreditsInput } from "./credit.input.js";
import { creditEntries, findBalances } from "./credit.sql.js";
import type { Ledger } from "./ledger.js";

export type { CreditBalance as CreditBalanceRow, CreditEntry as CreditEntryRow };

/** allocated - used: what is available, and what is held. */
export const remainingOf = (balance: CreditBalance): number => balance.available + balance.held;

export class CreditService {
  constructor(
    private readonly db: Db,
    private readonly sql: Sql,
    private readonly ledger: Ledger,
    private readonly teamReach: TeamReach,
    private readonly idempotencyKeys: IdempotencyKeys,
    private readonly teamTopUp: boolean,
  ) {}

  /** Grants credits to a team and returns its balance. A team may grant itself credits only if TEAM_TOP_UP=allow. */
  async add(viewer: Viewer, input: AddCreditsInput): Promise<CreditBalance> {
    authorize(viewer, this.teamTopUp ? "credits.topUp" : "credits.add");
    const { teamId, credits, reason } = validate(input);
    await this.teamReach.require(viewer, teamId);
    const grant = { teamId, credits, reason: reason ?? null, actor: actorOf(viewer) };
    const claim = claimOf(scopeOf(viewer), "add-credits", input.idempotencyKey, input);
    return this.move(teamId, claim, (transaction, entryId) => this.ledger.grant(transaction, { entryId, ...grant }));
  }

  /**
   * Corrects a team's credits, up or down, and returns its balance. The credits that the team was given change with it. Held
   * credits are not touched. Throws INSUFFICIENT_CREDITS if fewer credits are available than are to be taken.
   */
  async adjust(viewer: Viewer, input: AdjustCreditsInput): Promise<CreditBalance> {
    authorize(viewer, "credits.adjust");
    const { teamId, credits, reason } = validate(input);
    const adjustment = { teamId, credits, reason, actor: actorOf(viewer) };
    const claim = claimOf(scopeOf(viewer), "adjust-credits", input.idempotencyKey, input);
    return this.move(teamId, claim, (transaction, entryId) =>
      this.ledger.adjust(transaction, { entryId, ...adjustment }),
    );
  }

  /** A repeated movement returns the balance as it is now. */
  private async move(
    teamId: string,
    claim: Claim | null,
    movement: (transaction: Transaction, entryId: string) => Promise<CreditBalance>,
  ): Promise<CreditBalance> {
    if (!isId(teamId)) throw notFound("team", teamId);
    return this.idempotencyKeys.once(
      claim,
      async (transaction, entryId) => {
        const account = await transaction.tx.creditBalance.findUnique({ where: { teamId } });
        if (!account) throw notFound("team", teamId);
        return movement(transaction, entryId);
      },
      () => this.db.creditBalance.findUniqueOrThrow({ where: { teamId } }),
    );
  }

  /** Where a team's credits stand, and whether this many are available to new jobs now. Nothing is reserved. */
  async check(
    viewer: Viewer,
    teamId: string,
    credits: number,
  ): Promise<{ balance: CreditBalance; hasCredits: boolean }> {
    const balance = await this.balance(viewer, teamId);
    return { balance, hasCredits: balance.available >= credits };
  }

  async balance(viewer: Viewer, teamId: string): Promise<CreditBalance> {
    authorize(viewer, "credits.read");
    await this.teamReach.require(viewer, teamId);
    const [balance] = await this.balancesOf([teamId]);
    if (!balance) throw notFound("team", teamId);
    return balance;
  }

  /** The entries of a team's ledger, newest first. */
  async entries(viewer: Viewer, teamId: string, window: PageWindow): Promise<Page<CreditEntry>> {
    await this.balance(viewer, teamId);
    const [page] = await this.entriesOf([teamId], window);
    return page as Page<CreditEntry>;
  }

  /** For loaders: the balances of teams in the viewer's reach. */
  balancesOf(teamIds: readonly string[]): Promise<CreditBalance[]> {
    return this.sql.run(findBalances, { teamIds });
  }

  /** For loaders: a page of each team's entries, newest first. */
  entriesOf(teamIds: readonly string[], window: PageWindow): Promise<Page<CreditEntry>[]> {
    return fetchPages(this.sql, creditEntries, teamIds, window);
  }
}

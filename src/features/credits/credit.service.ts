import { authorize } from "../../auth/policy.js";
import { actorOf, type KnownViewer, scopeOf, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import { fetchPages, type Page } from "../../db/page.js";
import type { Sql } from "../../db/statement.js";
import type { Transaction } from "../../db/transaction.js";
import { type CreditBalance, CreditCategory, type CreditEntry } from "../../generated/prisma/client.js";
import type { PageWindow } from "../../input/page-window.js";
import { isInstant } from "../../input/rules.js";
import { invalid, validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { notFound } from "../../lib/errors.js";
import { isId, isUuid } from "../../lib/ids.js";
import type { Shown } from "../audit/act.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import { type Claim, claimOf, type IdempotencyKeys } from "../idempotency/idempotency-keys.js";
import { keepTeam } from "../organizations/kept-account.js";
import type { TeamReach } from "../organizations/team-reach.js";
import { findOwner } from "../organizations/team-reach.sql.js";
import type { AddCreditsInput, AdjustCreditsInput, CreditEntryFilter } from "./credit.input.js";
import {
  creditEntries,
  findBalances,
  findBalancesAt,
  findEntriesOfJobs,
  findEntry,
  findTotals,
  fits,
} from "./credit.sql.js";
import type { GrantTerms, Ledger } from "./ledger.js";
import { movedCredits } from "./shown-movement.js";
import type { LedgerTotals } from "./totals/ledger-totals.type.js";

/** How many entries of one job are shown with it. A job may have one for each of its calls, and more. */
export const ENTRIES_OF_JOB_MAX = 100;

export type { CreditBalance as CreditBalanceRow, CreditEntry as CreditEntryRow };

/** Where an account stands, in figures. */
export type CreditFigures = Pick<CreditBalance, "allocated" | "used" | "held" | "available">;

/** allocated - used: what is available, and what is held. */
export const remainingOf = (balance: CreditFigures): number => balance.available + balance.held;

type EntriesRequest = PageWindow & { filter?: CreditEntryFilter | null };

interface CreditServiceDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly teamReach: TeamReach;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly trail: AuditTrail;
  readonly teamTopUp: boolean;
}

export class CreditService {
  constructor(private readonly deps: CreditServiceDeps) {}

  /**
   * Gives credits to a team and returns its balance. The admin grants new ones. An organization's key gives them out of the
   * pool, as they are there: INVALID_INPUT if it names other terms, INSUFFICIENT_CREDITS if the pool has fewer. A team may
   * grant itself credits only if TEAM_TOP_UP=allow.
   */
  async add(viewer: Viewer, input: AddCreditsInput): Promise<CreditBalance> {
    const { teamReach, ledger, teamTopUp } = this.deps;
    authorize(viewer, teamTopUp ? "credits.topUp" : "credits.add");
    const { teamId, credits, reason } = validate(input);
    await teamReach.require(viewer, teamId);
    const terms = termsOf(input);
    const movement = { credits, reason: reason ?? null, actor: actorOf(viewer) };
    // PAID is what a client means that says nothing, so both are the same input.
    const claimed = { ...input, category: terms.category === CreditCategory.PAID ? null : terms.category };
    const claim = claimOf(scopeOf(viewer), "add-credits", input.idempotencyKey, claimed);
    if (viewer.kind !== "organization")
      return this.move(teamId, claim, async (transaction, entryId) => {
        // A repeated request does not come here: what it gave may have expired.
        this.requireFuture(terms);
        await keepTeam(transaction, teamId);
        await this.lock(transaction, teamId);
        const balance = await ledger.grant(transaction, { entryId, accountId: teamId, ...movement, ...terms });
        await this.record(transaction, viewer, "addCredits", balance, credits, { entryId, reason, ...terms });
        return balance;
      });
    refuseTerms(terms);
    return this.move(teamId, claim, async (transaction, entryId) => {
      await keepTeam(transaction, teamId);
      const from = await ledger.openPool(transaction, viewer.organizationId);
      await this.lock(transaction, teamId, from);
      const { to: balance } = await ledger.transfer(transaction, { entryId, from, to: teamId, ...movement });
      await this.record(transaction, viewer, "addCredits", balance, credits, { entryId, reason });
      return balance;
    });
  }

  private requireFuture({ expiresAt }: GrantTerms): void {
    if (expiresAt && expiresAt <= this.deps.clock.now())
      throw invalid("input.expiresAt", "must be in the future", expiresAt);
  }

  /**
   * Corrects a team's credits, up or down, and returns its balance. The credits that the team was given change with it. Held
   * credits are not touched. Throws INSUFFICIENT_CREDITS if fewer credits are available than are to be taken.
   */
  async adjust(viewer: Viewer, input: AdjustCreditsInput): Promise<CreditBalance> {
    authorize(viewer, "credits.adjust");
    const { teamId, credits, reason } = validate(input);
    const aboutEntryId = input.correctsEntryId ?? null;
    const adjustment = { accountId: teamId, credits, reason, actor: actorOf(viewer), aboutEntryId };
    const claim = claimOf(scopeOf(viewer), "adjust-credits", input.idempotencyKey, input);
    return this.move(teamId, claim, async (transaction, entryId) => {
      // What is left of a deleted team can be taken away.
      if (credits > 0) await keepTeam(transaction, teamId);
      await this.lock(transaction, teamId);
      if (aboutEntryId !== null) await requireEntryOf(transaction, teamId, aboutEntryId);
      const balance = await this.deps.ledger.adjust(transaction, { entryId, ...adjustment });
      await this.record(transaction, viewer, "adjustCredits", balance, credits, {
        entryId,
        reason,
        correctsEntryId: aboutEntryId,
      });
      return balance;
    });
  }

  private async record(
    transaction: Transaction,
    viewer: KnownViewer,
    operation: "addCredits" | "adjustCredits",
    balance: CreditBalance,
    credits: number,
    more: Shown,
  ): Promise<void> {
    const { accountId: teamId } = balance;
    const [owner] = await transaction.sql.run(findOwner, { teamId });
    const act = {
      operation,
      subjectType: "Team",
      subjectId: teamId,
      organizationId: owner?.organizationId ?? null,
    } as const;
    await this.deps.trail.record(transaction, viewer, { ...act, ...movedCredits(balance, credits, more) });
  }

  /** A repeated movement returns the balance as it is now. */
  private async move(
    teamId: string,
    claim: Claim | null,
    movement: (transaction: Transaction, entryId: string) => Promise<CreditBalance>,
  ): Promise<CreditBalance> {
    if (!isId(teamId)) throw notFound("team", teamId);
    const { idempotencyKeys, db } = this.deps;
    const now = () => db.creditBalance.findUniqueOrThrow({ where: { teamId } });
    return idempotencyKeys.once(claim, movement, now);
  }

  private async lock(transaction: Transaction, teamId: string, ...others: string[]): Promise<void> {
    const accounts = await this.deps.ledger.lock(transaction, [teamId, ...others]);
    if (!accounts.has(teamId)) throw notFound("team", teamId);
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
    await this.deps.teamReach.require(viewer, teamId);
    const [balance] = await this.balancesOf([teamId]);
    if (!balance) throw notFound("team", teamId);
    return balance;
  }

  /** For loaders: where the credits of teams in the viewer's reach stood at a time: at zero before their first entry. */
  async balancesAt(accountIds: readonly string[], at: Date): Promise<CreditFigures[]> {
    if (!isInstant(at)) throw invalid("at", "must be within the years 1 to 9999 of UTC", at);
    const balances = await this.deps.sql.run(findBalancesAt, { accountIds, at });
    const byId = new Map(balances.map((balance) => [balance.accountId, balance]));
    return accountIds.map((id) => byId.get(id) ?? NOTHING_YET);
  }

  /** The credits of all accounts together, and whether none came from nowhere. */
  async totals(viewer: Viewer): Promise<LedgerTotals> {
    authorize(viewer, "credits.totals");
    const [totals] = await this.deps.sql.run(findTotals, {});
    if (!totals) throw new Error("The totals of the ledger have no row.");
    const { issued, available, held, earned, lapsed, unsoundAccounts } = totals;
    const isBalanced = issued === available + held + earned + lapsed && unsoundAccounts === 0;
    return { ...totals, isBalanced };
  }

  /** The entries of a team's ledger, newest first. */
  async entries(viewer: Viewer, teamId: string, request: EntriesRequest): Promise<Page<CreditEntry>> {
    await this.balance(viewer, teamId);
    const [page] = await this.entriesOf([teamId], request);
    return page as Page<CreditEntry>;
  }

  /** For loaders: the balances of teams in the viewer's reach. */
  balancesOf(accountIds: readonly string[]): Promise<CreditBalance[]> {
    return this.deps.sql.run(findBalances, { accountIds });
  }

  /** For loaders: the entries of jobs that were reached through something that the viewer may see, oldest first. */
  entriesOfJobs(jobIds: readonly string[]): Promise<CreditEntry[]> {
    return this.deps.sql.run(findEntriesOfJobs, { jobIds, entriesMax: ENTRIES_OF_JOB_MAX });
  }

  /** For loaders: a page of each team's entries, newest first. */
  async entriesOf(teamIds: readonly string[], { filter, ...window }: EntriesRequest): Promise<Page<CreditEntry>[]> {
    const all = fits(filter ? validate(filter, "filter") : {});
    return fetchPages(this.deps.sql, creditEntries, teamIds, window, { all });
  }
}

const termsOf = ({ category, expiresAt, reference }: AddCreditsInput): GrantTerms => ({
  category: category ?? CreditCategory.PAID,
  expiresAt: expiresAt ?? null,
  reference: reference ?? null,
});

/** What is in a pool has terms of its own. */
function refuseTerms({ category, expiresAt, reference }: GrantTerms): void {
  const rule = "must be left out by an organization's key, because credits of the pool keep their own";
  if (expiresAt) throw invalid("input.expiresAt", rule, expiresAt);
  if (category !== CreditCategory.PAID) throw invalid("input.category", rule, category);
  if (reference !== null) throw invalid("input.reference", rule, reference);
}

const NOTHING_YET: CreditFigures = { allocated: 0, available: 0, held: 0, used: 0 };

async function requireEntryOf({ sql }: Transaction, accountId: string, entryId: string): Promise<void> {
  const [entry] = isUuid(entryId) ? await sql.run(findEntry, { entryId }) : [];
  if (entry?.accountId !== accountId) throw notFound("credit entry", entryId);
}

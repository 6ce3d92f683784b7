import { authorize, reachOf } from "../../../auth/policy.js";
import { reachesAllOf } from "../../../auth/reach.js";
import { actorOf, type KnownViewer, scopeOf, type Viewer } from "../../../auth/viewer.js";
import { isForeignKeyViolation } from "../../../db/failure.js";
import type { Sql } from "../../../db/statement.js";
import type { Transaction } from "../../../db/transaction.js";
import { invalid, validate } from "../../../input/validate.js";
import { notFound } from "../../../lib/errors.js";
import { isId } from "../../../lib/ids.js";
import type { RecordedOperation } from "../../audit/act.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import { claimOf, type IdempotencyKeys } from "../../idempotency/idempotency-keys.js";
import { keepOrganization, keepTeam } from "../../organizations/kept-account.js";
import type { TeamReach } from "../../organizations/team-reach.js";
import { poolOf } from "../account.js";
import type { GrantOrganizationCreditsInput, TransferCreditsInput } from "../credit.input.js";
import { type Ledger, PAID_FOR_EVER } from "../ledger.js";
import { movedCredits } from "../shown-movement.js";
import type { OrganizationCredits } from "./organization-credits.type.js";
import { findOwners, findPools } from "./pool.sql.js";

/** One side of a transfer: the account of a team, or the pool of an organization. */
interface Side {
  readonly kind: "team" | "organization";
  readonly id: string;
  readonly accountId: string;
}

interface CreditPoolDeps {
  readonly sql: Sql;
  readonly ledger: Ledger;
  readonly teamReach: TeamReach;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly trail: AuditTrail;
}

/** Credits that belong to organizations, and how they get from one account to another. */
export class CreditPoolService {
  constructor(private readonly deps: CreditPoolDeps) {}

  /** Grants credits to the pool of an organization. Throws NOT_FOUND if there is no such organization. */
  async grant(viewer: Viewer, input: GrantOrganizationCreditsInput): Promise<void> {
    authorize(viewer, "credits.grantPool");
    const { organizationId, credits, reason } = validate(input);
    const pool = sideOf("organization", organizationId);
    const grant = { accountId: pool.accountId, credits, reason: reason ?? null, actor: actorOf(viewer) };
    const claim = claimOf(scopeOf(viewer), "grant-pool", input.idempotencyKey, input);
    await this.deps.idempotencyKeys.once(
      claim,
      async (transaction, entryId) => {
        await keep(transaction, pool);
        await this.lock(transaction, [pool]);
        const balance = await this.deps.ledger.grant(transaction, { entryId, ...grant, ...PAID_FOR_EVER });
        const change = movedCredits(balance, credits, { entryId, reason });
        const act = ofSide("grantOrganizationCredits", pool, organizationId);
        await this.deps.trail.record(transaction, viewer, { ...act, ...change });
      },
      () => Promise.resolve(),
    );
  }

  /**
   * Moves credits between two accounts of one organization: both sides or neither. Throws INVALID_INPUT if not exactly one
   * side gives and one other gets, NOT_FOUND if one does not exist, and INSUFFICIENT_CREDITS if the giver has fewer.
   */
  async transfer(viewer: Viewer, input: TransferCreditsInput): Promise<void> {
    authorize(viewer, "credits.transfer");
    const { credits, reason } = validate(input);
    const from = onlySideOf("from", input.fromTeamId, input.fromOrganizationId);
    const to = onlySideOf("to", input.toTeamId, input.toOrganizationId);
    if (from.accountId === to.accountId) throw invalid(fieldOf("to", to), "must not be the giver", to.id);
    for (const side of [from, to]) await this.requireReached(viewer, side);
    const movement = { from: from.accountId, to: to.accountId, credits, reason, actor: actorOf(viewer) };
    const claim = claimOf(scopeOf(viewer), "transfer-credits", input.idempotencyKey, input);
    await this.deps.idempotencyKeys.once(
      claim,
      async (transaction, entryId) => {
        // What is left of a deleted team can be moved to where it is used.
        await keep(transaction, to);
        await this.lock(transaction, [from, to]);
        const owner = await requireOneOwner(transaction, from, to);
        const balances = await this.deps.ledger.transfer(transaction, { entryId, ...movement });
        const { allocated, available } = balances.to;
        const transfer = { credits, reason, [idField("to", to)]: to.id, toCredits: { allocated, available } };
        const change = movedCredits(balances.from, -credits, { entryId, transfer });
        await this.deps.trail.record(transaction, viewer, { ...ofSide("transferCredits", from, owner), ...change });
      },
      () => Promise.resolve(),
    );
  }

  /** For loaders: the pools of organizations in the viewer's reach. One that was never used is left out. */
  async creditsOf(organizationIds: readonly string[]): Promise<(OrganizationCredits & { organizationId: string })[]> {
    const pools = await this.deps.sql.run(findPools, { organizationIds });
    return pools.map(({ organizationId, available, granted }) => ({
      organizationId: organizationId ?? "",
      granted: granted ?? 0,
      passedOn: (granted ?? 0) - available,
      available,
    }));
  }

  /** Locks the accounts of both sides. Throws NOT_FOUND if there is no such team or organization. */
  private async lock(transaction: Transaction, sides: readonly Side[]): Promise<void> {
    for (const { kind, id } of sides) if (kind === "organization") await this.openPool(transaction, id);
    const accounts = await this.deps.ledger.lock(
      transaction,
      sides.map(({ accountId }) => accountId),
    );
    for (const { kind, id, accountId } of sides) if (!accounts.has(accountId)) throw notFound(kind, id);
  }

  private async requireReached(viewer: KnownViewer, { kind, id }: Side): Promise<void> {
    if (kind === "team") await this.deps.teamReach.require(viewer, id);
    else if (!reachesAllOf(reachOf(viewer), id)) throw notFound("organization", id);
  }

  private async openPool(transaction: Transaction, organizationId: string): Promise<void> {
    try {
      await this.deps.ledger.openPool(transaction, organizationId);
    } catch (error) {
      throw isForeignKeyViolation(error) ? notFound("organization", organizationId) : error;
    }
  }
}

/** Throws INVALID_STATE if a side that is to get credits is deleted, and keeps it from being deleted meanwhile. */
async function keep(transaction: Transaction, { kind, id }: Side): Promise<void> {
  await (kind === "team" ? keepTeam(transaction, id) : keepOrganization(transaction, id));
}

/** Throws NOT_FOUND if there can be no such team or organization. */
function sideOf(kind: Side["kind"], id: string): Side {
  if (!isId(id)) throw notFound(kind, id);
  return { kind, id, accountId: kind === "team" ? id : poolOf(id) };
}

/** What names a side in an input. */
const idField = (end: "from" | "to", { kind }: Pick<Side, "kind">): string =>
  `${end}${kind === "team" ? "TeamId" : "OrganizationId"}`;
const fieldOf = (end: "from" | "to", side: Pick<Side, "kind">): string => `input.${idField(end, side)}`;

/** What is the same in the lines of all that is done to a side. */
const ofSide = (operation: RecordedOperation, { kind, id }: Side, organizationId: string) =>
  ({ operation, subjectType: kind === "team" ? "Team" : "Organization", subjectId: id, organizationId }) as const;

function onlySideOf(end: "from" | "to", teamId?: string | null, organizationId?: string | null): Side {
  if (teamId != null && organizationId == null) return sideOf("team", teamId);
  if (organizationId != null && teamId == null) return sideOf("organization", organizationId);
  const got = { [`${end}TeamId`]: teamId ?? null, [`${end}OrganizationId`]: organizationId ?? null };
  throw invalid(`input.${end}TeamId`, `or input.${end}OrganizationId must be given, and not both`, got);
}

/** Returns whose both accounts are. Throws INVALID_INPUT if they are not of one organization: credits do not leave it. */
async function requireOneOwner({ sql }: Transaction, from: Side, to: Side): Promise<string> {
  const accountIds = [from.accountId, to.accountId];
  const owners = await sql.run(findOwners, { accountIds });
  const [owner, ...others] = new Set(owners.map(({ organizationId }) => organizationId));
  if (owner && others.length === 0) return owner;
  throw invalid(fieldOf("to", to), "must be of the same organization as the giver", to.id);
}

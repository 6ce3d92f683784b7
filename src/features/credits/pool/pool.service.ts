import { authorize, reachOf } from "../../../auth/policy.js";
import { reachesAllOf } from "../../../auth/reach.js";
import { actorOf, type KnownViewer, scopeOf, type Viewer } from "../../../auth/viewer.js";
import { isForeignKeyViolation } from "../../../db/failure.js";
import type { Sql } from "../../../db/statement.js";
import type { Transaction } from "../../../db/transaction.js";
import { invalid, validate } from "../../../input/validate.js";
import { notFound } from "../../../lib/errors.js";
import { isId } from "../../../lib/ids.js";
import { claimOf, type IdempotencyKeys } from "../../idempotency/idempotency-keys.js";
import { keepOrganization, keepTeam } from "../../organizations/kept-account.js";
import type { TeamReach } from "../../organizations/team-reach.js";
import { poolOf } from "../account.js";
import type { GrantOrganizationCreditsInput, TransferCreditsInput } from "../credit.input.js";
import { type Ledger, PAID_FOR_EVER } from "../ledger.js";
import type { OrganizationCredits } from "./organization-credits.type.js";
import { findOwners, findPools } from "./pool.sql.js";

/** One side of a transfer: the account of a team, or the pool of an organization. */
interface Side {
  readonly kind: "team" | "organization";
  readonly id: string;
  readonly accountId: string;
}

/** Credits that belong to organizations, and how they get from one account to another. */
export class CreditPoolService {
  constructor(
    private readonly sql: Sql,
    private readonly ledger: Ledger,
    private readonly teamReach: TeamReach,
    private readonly idempotencyKeys: IdempotencyKeys,
  ) {}

  /** Grants credits to the pool of an organization. Throws NOT_FOUND if there is no such organization. */
  async grant(viewer: Viewer, input: GrantOrganizationCreditsInput): Promise<void> {
    authorize(viewer, "credits.grantPool");
    const { organizationId, credits, reason } = validate(input);
    const pool = sideOf("organization", organizationId);
    const grant = { accountId: pool.accountId, credits, reason: reason ?? null, actor: actorOf(viewer) };
    const claim = claimOf(scopeOf(viewer), "grant-pool", input.idempotencyKey, input);
    await this.idempotencyKeys.once(
      claim,
      async (transaction, entryId) => {
        await keep(transaction, pool);
        await this.lock(transaction, [pool]);
        await this.ledger.grant(transaction, { entryId, ...grant, ...PAID_FOR_EVER });
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
    await this.idempotencyKeys.once(
      claim,
      async (transaction, entryId) => {
        // What is left of a deleted team can be moved to where it is used.
        await keep(transaction, to);
        await this.lock(transaction, [from, to]);
        await requireOneOwner(transaction, from, to);
        await this.ledger.transfer(transaction, { entryId, ...movement });
      },
      () => Promise.resolve(),
    );
  }

  /** For loaders: the pools of organizations in the viewer's reach. One that was never used is left out. */
  async creditsOf(organizationIds: readonly string[]): Promise<(OrganizationCredits & { organizationId: string })[]> {
    const pools = await this.sql.run(findPools, { organizationIds });
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
    const accounts = await this.ledger.lock(
      transaction,
      sides.map(({ accountId }) => accountId),
    );
    for (const { kind, id, accountId } of sides) if (!accounts.has(accountId)) throw notFound(kind, id);
  }

  private async requireReached(viewer: KnownViewer, { kind, id }: Side): Promise<void> {
    if (kind === "team") await this.teamReach.require(viewer, id);
    else if (!reachesAllOf(reachOf(viewer), id)) throw notFound("organization", id);
  }

  private async openPool(transaction: Transaction, organizationId: string): Promise<void> {
    try {
      await this.ledger.openPool(transaction, organizationId);
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

/** The field of the input that names a side. */
const fieldOf = (end: "from" | "to", { kind }: Pick<Side, "kind">): string =>
  `input.${end}${kind === "team" ? "TeamId" : "OrganizationId"}`;

function onlySideOf(end: "from" | "to", teamId?: string | null, organizationId?: string | null): Side {
  if (teamId != null && organizationId == null) return sideOf("team", teamId);
  if (organizationId != null && teamId == null) return sideOf("organization", organizationId);
  const got = { [`${end}TeamId`]: teamId ?? null, [`${end}OrganizationId`]: organizationId ?? null };
  throw invalid(`input.${end}TeamId`, `or input.${end}OrganizationId must be given, and not both`, got);
}

/** Throws INVALID_INPUT if the two accounts are not of one organization: credits do not leave it. */
async function requireOneOwner({ sql }: Transaction, from: Side, to: Side): Promise<void> {
  const accountIds = [from.accountId, to.accountId];
  const owners = await sql.run(findOwners, { accountIds });
  if (new Set(owners.map(({ organizationId }) => organizationId)).size === 1) return;
  throw invalid(fieldOf("to", to), "must be of the same organization as the giver", to.id);
}

import { authorize, reachOf } from "../../auth/policy.js";
import { reachesTeam } from "../../auth/reach.js";
import { type AdminViewer, actorOf, type OrganizationViewer, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import { orAlreadyExists } from "../../db/failure.js";
import { type Condition, fetchPage, fetchPages, type Page } from "../../db/page.js";
import { teamsInReach } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import { AccountStatus, type Team as Row } from "../../generated/prisma/client.js";
import { changedMetadata } from "../../input/merge-metadata.js";
import type { PageWindow } from "../../input/page-window.js";
import { invalid, validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError, notFound } from "../../lib/errors.js";
import { isId } from "../../lib/ids.js";
import { BILLED_BY_JOB, changedBilling } from "../budgets/billing-settings.js";
import { type Ledger, PAID_FOR_EVER } from "../credits/ledger.js";
import type { AccessChanges } from "../keys/access-changes.js";
import type { KeyService, VirtualKeyRow } from "../keys/key.service.js";
import type { CallLimits } from "../limits/call-limits.js";
import type { LimitSettings } from "../limits/limit-settings.js";
import type { ModelGroupService } from "../models/groups/model-group.service.js";
import type { Plan } from "../models/plan.js";
import { type PlanLookup, requireGroupOfKey } from "../models/plan-lookup.js";
import { hasStatus } from "../organizations/account-status.sql.js";
import { isDeleted, keepOrganization, keepTeam } from "../organizations/kept-account.js";
import type { OrganizationService } from "../organizations/organization.service.js";
import type { CreateTeamInput, SetTeamModelGroupsInput, UpdateTeamInput } from "./team.input.js";
import { changeTeam, findTeams, isTeamOf, resetTeamRefusals, resumeTeam, suspendTeam, teams } from "./team.sql.js";

export type { Row as TeamRow };

export interface TeamServiceDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly organizations: OrganizationService;
  readonly keys: KeyService;
  readonly accessChanges: AccessChanges;
  readonly limitSettings: LimitSettings;
  readonly callLimits: CallLimits;
  readonly modelGroups: ModelGroupService;
  readonly plans: PlanLookup;
  readonly ledger: Ledger;
  readonly defaultOrganization: string | null;
  /** Called when a team was suspended, to end the work that it has under way. */
  readonly onSuspended: (teamId: string) => Promise<void>;
}

export class TeamService {
  constructor(private readonly deps: TeamServiceDeps) {}

  /** Writes the team, its groups, its account with the first grant and its first key, all or nothing. */
  async create(viewer: Viewer, input: CreateTeamInput): Promise<{ team: Row; virtualKey: string; key: VirtualKeyRow }> {
    authorize(viewer, "team.create");
    if (input.billing != null) authorize(viewer, "team.bill");
    const { id, alias, modelGroups, creditsAllocated, metadata } = validate(input);
    const organizationId = input.organizationId ?? this.ownerOf(viewer);
    const { limitSettings } = this.deps;
    const limits = limitSettings.of(input.limits, "input.limits");
    const defaultKeyLimits = limitSettings.of(input.defaultKeyLimits, "input.defaultKeyLimits");
    await this.deps.organizations.get(viewer, organizationId);
    const now = this.deps.clock.now();
    const names = { id, organizationId, alias: alias ?? id, metadata: metadata ?? {} };
    const billing = changedBilling(BILLED_BY_JOB, input.billing ?? {}, now);
    const data = { ...names, limits, defaultKeyLimits, ...billing, createdAt: now, updatedAt: now };
    const work = () =>
      inTransaction(this.deps.db, async (transaction) => {
        await keepOrganization(transaction, organizationId);
        const team = await transaction.tx.team.create({ data });
        await this.deps.modelGroups.assign(transaction, reachOf(viewer), id, modelGroups ?? []);
        await this.deps.ledger.openOfTeam(transaction, id);
        await this.allocate(transaction, viewer, id, creditsAllocated ?? 0);
        return { team, ...(await this.deps.keys.mint(transaction.tx, { teamId: id, name: null, expiresAt: null })) };
      });
    return orAlreadyExists("team", id, work);
  }

  /** The organization that owns a new team of the viewer if it names none. */
  private ownerOf(viewer: AdminViewer | OrganizationViewer): string {
    const owner = viewer.kind === "organization" ? viewer.organizationId : this.deps.defaultOrganization;
    if (owner === null) throw invalid("input.organizationId", "must be given: DEFAULT_ORGANIZATION is not set", owner);
    return owner;
  }

  /** Gives a new team its first credits. What an organization's key gives comes out of the pool. */
  private async allocate(
    transaction: Transaction,
    viewer: AdminViewer | OrganizationViewer,
    teamId: string,
    credits: number,
  ): Promise<void> {
    if (credits === 0) return;
    const { ledger } = this.deps;
    const gift = { credits, reason: "Initial allocation", actor: actorOf(viewer) };
    if (viewer.kind === "admin") {
      await ledger.grant(transaction, { accountId: teamId, ...gift, ...PAID_FOR_EVER });
      return;
    }
    const from = await ledger.openPool(transaction, viewer.organizationId);
    await ledger.lock(transaction, [from]);
    await ledger.transfer(transaction, { from, to: teamId, ...gift });
  }

  async get(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "team.read");
    const [row] = isId(id) ? await this.byIds([id]) : [];
    if (!row || !reachesTeam(reachOf(viewer), { ...row, teamId: row.id, teamStatus: row.status }))
      throw notFound("team", id);
    return row;
  }

  /** Lists the teams in the viewer's reach, in order of id. */
  async list(
    viewer: Viewer,
    args: PageWindow & { organizationId?: string | null; status?: AccountStatus | null },
  ): Promise<Page<Row>> {
    authorize(viewer, "team.read");
    const where = this.inReach(viewer);
    if (args.organizationId != null) {
      await this.deps.organizations.get(viewer, args.organizationId);
      where.push(isTeamOf(args.organizationId));
    }
    if (args.status) where.push(hasStatus(args.status));
    return fetchPage(this.deps.sql, teams, args, { all: where });
  }

  /** For loaders: a page of each organization's teams that are in the viewer's reach, in order of id. */
  async listByOrganizations(
    viewer: Viewer,
    organizationIds: readonly string[],
    window: PageWindow,
  ): Promise<Page<Row>[]> {
    return fetchPages(this.deps.sql, teams, organizationIds, window, { all: this.inReach(viewer) });
  }

  /** For loaders: the rows of teams that were reached through something that the viewer may see. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.deps.sql.run(findTeams, { ids });
  }

  /** Replaces the groups of a team, for calls that are admitted from then on. Throws NOT_FOUND, which names a missing group. */
  async setModelGroups(viewer: Viewer, input: SetTeamModelGroupsInput): Promise<Row> {
    authorize(viewer, "team.update");
    const { teamId: id, modelGroups } = validate(input);
    return this.update(viewer, { id, modelGroups });
  }

  /**
   * Changes what is given of a team, and nothing else, all or nothing. Limits and groups hold for calls that are admitted
   * from then on. Throws NOT_FOUND, which names a missing group, and INVALID_STATE if the team is deleted.
   */
  async update(viewer: Viewer, input: UpdateTeamInput): Promise<Row> {
    authorize(viewer, "team.update");
    const { id, alias, metadata, modelGroups, billing } = validate(input);
    if (billing != null) authorize(viewer, "team.bill");
    const { db, clock, limitSettings, accessChanges } = this.deps;
    const limits = limitSettings.changeOf(input.limits, "input.limits");
    const defaultKeyLimits = limitSettings.changeOf(input.defaultKeyLimits, "input.defaultKeyLimits");
    await this.get(viewer, id);
    const [team] = await inTransaction(db, async (transaction) => {
      const kept = await keepTeam(transaction, id);
      const names = {
        alias: alias === undefined ? null : (alias ?? id),
        metadata: changedMetadata(kept.metadata, metadata, { field: "input.metadata", whose: "the team's" }),
      };
      if (billing) {
        const { tx } = transaction;
        const present = await tx.team.findUniqueOrThrow({ where: { id } });
        await tx.team.update({ where: { id }, data: changedBilling(present, billing, clock.now()) });
      }
      if (modelGroups) await this.deps.modelGroups.assign(transaction, reachOf(viewer), id, modelGroups);
      return transaction.sql.run(changeTeam, { id, limits, defaultKeyLimits, ...names });
    });
    if (!team) throw notFound("team", id);
    accessChanges.made(id);
    return team;
  }

  /**
   * Empties the counters of a team's limits. The limits stay, and so do the counters of its keys. What jobs that ended
   * unpaid have cost is emptied for the admin alone, whom that limit protects. Throws INVALID_STATE if the team is deleted.
   */
  async resetCounters(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "team.update");
    const { db, callLimits } = this.deps;
    await this.get(viewer, id);
    const [team] = await inTransaction(db, async (transaction) => {
      await keepTeam(transaction, id);
      return transaction.sql.run(resetTeamRefusals, { id, emptiesUnpaid: viewer.kind === "admin" });
    });
    if (!team) throw notFound("team", id);
    await callLimits.reset("TEAM", id, viewer.kind === "admin" ? "UNPAID_COST" : null);
    return team;
  }

  /** The models that a call of the team would try, in order. Throws MODEL_GROUP_NOT_ALLOWED, as such a call would. */
  async plan(viewer: Viewer, teamId: string, modelGroup: string): Promise<Plan> {
    const team = await this.get(viewer, teamId);
    requireGroupOfKey(viewer, modelGroup);
    return (await this.deps.plans.read(team.id, modelGroup)).plan;
  }

  /**
   * Suspends a team: requests with its keys are refused, and its running calls are cancelled. Repeating changes nothing, but
   * that the admin's suspension comes before one of the organization. Throws INVALID_STATE if the team is deleted.
   */
  async suspend(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "team.suspend");
    await this.get(viewer, id);
    const [suspended] = await this.deps.sql.run(suspendTeam, { id, actor: actorOf(viewer) });
    const team = suspended ?? (await this.getUndeleted(viewer, id));
    this.deps.accessChanges.made(id);
    await this.deps.onSuspended(id);
    return team;
  }

  /**
   * The team may work again. Repeating changes nothing. Throws FORBIDDEN if the admin has suspended the team, and the viewer
   * is its organization, and INVALID_STATE if the team is deleted.
   */
  async resume(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "team.suspend");
    await this.get(viewer, id);
    const [resumed] = await this.deps.sql.run(resumeTeam, { id, actor: actorOf(viewer) });
    const team = resumed ?? (await this.getUndeleted(viewer, id));
    // A team that somebody has suspended since then was resumed all the same.
    const isByAdmin = team.status === AccountStatus.SUSPENDED && (team.suspendedBy ?? "admin") === "admin";
    if (isByAdmin && viewer.kind !== "admin")
      throw new DomainError("FORBIDDEN", "The admin has suspended this team, so only the admin can resume it.", {
        action: "team.suspend",
      });
    this.deps.accessChanges.made(id);
    return team;
  }

  private async getUndeleted(viewer: Viewer, id: string): Promise<Row> {
    const team = await this.get(viewer, id);
    if (team.status === AccountStatus.DELETED) throw isDeleted("team", id);
    return team;
  }

  private inReach(viewer: Viewer): Condition[] {
    authorize(viewer, "team.read");
    return teamsInReach(reachOf(viewer));
  }
}

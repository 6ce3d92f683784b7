import { authorize, reachOf } from "../../auth/policy.js";
import { reachesTeam } from "../../auth/reach.js";
import { type AdminViewer, actorOf, type OrganizationViewer, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import { isForeignKeyViolation, orAlreadyExists } from "../../db/failure.js";
import { type Condition, fetchPage, fetchPages, type Page } from "../../db/page.js";
import { teamsInReach } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import { AccountStatus, type Team as Row } from "../../generated/prisma/client.js";
import type { PageWindow } from "../../input/page-window.js";
import { isId } from "../../input/rules.js";
import { validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { notFound } from "../../lib/errors.js";
import { BILLED_BY_JOB, changedBilling } from "../budgets/billing-settings.js";
import { type Ledger, PAID_FOR_EVER } from "../credits/ledger.js";
import type { AccessChanges } from "../keys/access-changes.js";
import type { KeyService, VirtualKeyRow } from "../keys/key.service.js";
import type { CallLimits } from "../limits/call-limits.js";
import type { LimitSettings } from "../limits/limit-settings.js";
import type { ModelGroupService } from "../models/groups/model-group.service.js";
import type { Plan } from "../models/plan.js";
import type { PlanLookup } from "../models/plan-lookup.js";
import type { OrganizationService } from "../organizations/organization.service.js";
import type { CreateTeamInput, SetTeamModelGroupsInput, UpdateTeamInput } from "./team.input.js";
import { changeTeamLimits, findTeams, hasStatus, isTeamOf, lockTeam, resetTeamRefusals, teams } from "./team.sql.js";

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
  /** Called when a team was suspended, to end the work that it has under way. */
  readonly onSuspended: (teamId: string) => Promise<void>;
}

export class TeamService {
  constructor(private readonly deps: TeamServiceDeps) {}

  /** Writes the team, its groups, its account with the first grant and its first key, all or nothing. */
  async create(viewer: Viewer, input: CreateTeamInput): Promise<{ team: Row; virtualKey: string; key: VirtualKeyRow }> {
    authorize(viewer, "team.create");
    if (input.billing != null) authorize(viewer, "team.bill");
    const { id, organizationId, alias, modelGroups, creditsAllocated, metadata } = validate(input);
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
        const team = await transaction.tx.team.create({ data });
        await this.deps.modelGroups.assign(transaction, reachOf(viewer), id, modelGroups ?? []);
        await this.deps.ledger.openOfTeam(transaction, id);
        await this.allocate(transaction, viewer, id, creditsAllocated ?? 0);
        return { team, ...(await this.deps.keys.mint(transaction.tx, { teamId: id, name: null, expiresAt: null })) };
      });
    return orAlreadyExists("team", id, work).catch((error: unknown) => {
      throw isForeignKeyViolation(error) ? notFound("organization", organizationId) : error;
    });
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
    if (!row || !reachesTeam(reachOf(viewer), { ...row, teamId: row.id })) throw notFound("team", id);
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
    await this.get(viewer, id);
    return inTransaction(this.deps.db, async (transaction) => {
      const team = await transaction.tx.team.update({ where: { id }, data: { updatedAt: this.deps.clock.now() } });
      await this.deps.modelGroups.assign(transaction, reachOf(viewer), id, modelGroups);
      return team;
    });
  }

  /** Changes what is given of a team, and nothing else, for calls that are admitted from then on. */
  async update(viewer: Viewer, input: UpdateTeamInput): Promise<Row> {
    authorize(viewer, "team.update");
    const { id, billing } = validate(input);
    if (billing != null) authorize(viewer, "team.bill");
    const { limitSettings, db, clock, accessChanges } = this.deps;
    const limits = limitSettings.changeOf(input.limits, "input.limits");
    const defaultKeyLimits = limitSettings.changeOf(input.defaultKeyLimits, "input.defaultKeyLimits");
    await this.get(viewer, id);
    const team = await inTransaction(db, async ({ tx, sql }) => {
      const [present] = await sql.run(lockTeam, { id });
      if (billing && present)
        await tx.team.update({ where: { id }, data: changedBilling(present, billing, clock.now()) });
      return (await sql.run(changeTeamLimits, { id, limits, defaultKeyLimits }))[0];
    });
    if (!team) throw notFound("team", id);
    accessChanges.made(id);
    return team;
  }

  /** Empties the counters of a team's limits. The limits stay, and so do the counters of its keys. */
  async resetCounters(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "team.update");
    const { sql, callLimits } = this.deps;
    await this.get(viewer, id);
    const [team] = await sql.run(resetTeamRefusals, { id });
    if (!team) throw notFound("team", id);
    await callLimits.reset("TEAM", id);
    return team;
  }

  /** The models that a call of the team would try, in order. Throws MODEL_GROUP_NOT_ALLOWED, as such a call would. */
  async plan(viewer: Viewer, teamId: string, modelGroup: string): Promise<Plan> {
    const team = await this.get(viewer, teamId);
    return (await this.deps.plans.read(team.id, modelGroup)).plan;
  }

  /** Suspends a team: requests with its keys are refused, and its running calls are cancelled. Repeating changes nothing. */
  async suspend(viewer: Viewer, id: string): Promise<Row> {
    const team = await this.setStatus(viewer, id, AccountStatus.SUSPENDED);
    await this.deps.onSuspended(id);
    return team;
  }

  /** The team may work again. Repeating changes nothing. */
  async resume(viewer: Viewer, id: string): Promise<Row> {
    return this.setStatus(viewer, id, AccountStatus.ACTIVE);
  }

  private async setStatus(viewer: Viewer, id: string, status: AccountStatus): Promise<Row> {
    authorize(viewer, "team.suspend");
    const team = await this.get(viewer, id);
    if (team.status === status) return team;
    const changed = await this.deps.db.team.update({
      where: { id },
      data: { status, updatedAt: this.deps.clock.now() },
    });
    this.deps.accessChanges.made(id);
    return changed;
  }

  private inReach(viewer: Viewer): Condition[] {
    authorize(viewer, "team.read");
    return teamsInReach(reachOf(viewer));
  }
}

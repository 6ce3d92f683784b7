import { authorize, reachOf } from "../../auth/policy.js";
import { reachesTeam } from "../../auth/reach.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Condition } from "../../db/lists/list.js";
import { fetchPage, fetchPages, type Page } from "../../db/page.js";
import { teamsInReach } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction } from "../../db/transaction.js";
import { AccountStatus, type Team as Row } from "../../generated/prisma/client.js";
import { changedMetadata } from "../../input/merge-metadata.js";
import type { PageWindow } from "../../input/page-window.js";
import { validate } from "../../input/validate.js";
import { DomainError, notFound } from "../../lib/errors.js";
import { isId } from "../../lib/ids.js";
import { changedBilling } from "../budgets/billing-settings.js";
import type { AccessChanges } from "../keys/access-changes.js";
import type { CallLimits } from "../limits/call-limits.js";
import type { Plan } from "../models/plan.js";
import { type PlanLookup, requireGroupOfKey } from "../models/plan-lookup.js";
import { hasStatus } from "../organizations/account-status.sql.js";
import { isDeleted, keepTeam } from "../organizations/kept-account.js";
import { readTeam } from "./changes/read-team.js";
import { ofTeam, shownCosts, shownCounts } from "./changes/shown-team.js";
import { type NewTeam, TeamCreation, type TeamCreationDeps } from "./changes/team-creation.js";
import { TeamSuspension } from "./changes/team-suspension.js";
import type { CreateTeamInput, SetTeamModelGroupsInput, UpdateTeamInput } from "./team.input.js";
import { changeTeam, findTeams, isTeamOf, resetTeamRefusals, teams } from "./team.sql.js";

export type { Row as TeamRow };

export interface TeamServiceDeps extends TeamCreationDeps {
  readonly sql: Sql;
  readonly accessChanges: AccessChanges;
  readonly callLimits: CallLimits;
  readonly plans: PlanLookup;
  /** Called when a team was suspended, to end the work that it has under way. */
  readonly onSuspended: (teamId: string) => Promise<void>;
}

export class TeamService {
  private readonly creation: TeamCreation;
  private readonly suspension: TeamSuspension;

  constructor(private readonly deps: TeamServiceDeps) {
    this.creation = new TeamCreation(deps);
    this.suspension = new TeamSuspension(deps.db, deps.trail);
  }

  /** Writes the team, its groups, its account with the first grant and its first key, all or nothing. */
  create(viewer: Viewer, input: CreateTeamInput): Promise<NewTeam> {
    return this.creation.create(viewer, input);
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
    return this.change(viewer, "setTeamModelGroups", { id, modelGroups });
  }

  /**
   * Changes what is given of a team, and nothing else, all or nothing. Limits and groups hold for calls that are admitted
   * from then on. Throws NOT_FOUND, which names a missing group, and INVALID_STATE if the team is deleted.
   */
  update(viewer: Viewer, input: UpdateTeamInput): Promise<Row> {
    return this.change(viewer, "updateTeam", input);
  }

  private async change(
    viewer: Viewer,
    operation: "updateTeam" | "setTeamModelGroups",
    input: UpdateTeamInput,
  ): Promise<Row> {
    authorize(viewer, "team.update");
    const { id, alias, metadata, modelGroups, billing } = validate(input);
    if (billing != null) authorize(viewer, "team.bill");
    const { db, clock, limitSettings, accessChanges, trail } = this.deps;
    const limits = limitSettings.changeOf(input.limits, "input.limits");
    const defaultKeyLimits = limitSettings.changeOf(input.defaultKeyLimits, "input.defaultKeyLimits");
    await this.get(viewer, id);
    const team = await inTransaction(db, async (transaction) => {
      const kept = await keepTeam(transaction, id);
      const present = await readTeam(transaction, id);
      const names = {
        alias: alias === undefined ? null : (alias ?? id),
        metadata: changedMetadata(kept.metadata, metadata, { field: "input.metadata", whose: "the team's" }),
      };
      if (billing) {
        const data = changedBilling(present.team, billing, clock.now());
        await transaction.tx.team.update({ where: { id }, data });
      }
      if (modelGroups) await this.deps.modelGroups.assign(transaction, reachOf(viewer), id, modelGroups);
      await transaction.sql.run(changeTeam, { id, limits, defaultKeyLimits, ...names });
      const changed = await readTeam(transaction, id);
      const act = ofTeam(operation, changed.team);
      await trail.recordChange(transaction, viewer, { ...act, before: present.shown, after: changed.shown });
      const costs = { before: shownCosts(present.team), after: shownCosts(changed.team) };
      await trail.recordChange(transaction, viewer, { ...act, organizationId: null, ...costs });
      return changed.team;
    });
    accessChanges.made(id);
    return team;
  }

  /**
   * Empties the counters of a team's limits. The limits stay, and so do the counters of its keys. What jobs that ended
   * unpaid have cost is emptied for the admin alone, whom that limit protects. Throws INVALID_STATE if the team is deleted.
   */
  async resetCounters(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "team.update");
    const { db, callLimits, trail } = this.deps;
    await this.get(viewer, id);
    const team = await inTransaction(db, async (transaction) => {
      await keepTeam(transaction, id);
      const present = await readTeam(transaction, id);
      const values = { id, emptiesUnpaid: viewer.kind === "admin" };
      const [reset] = await transaction.sql.run(resetTeamRefusals, values);
      if (!reset) throw notFound("team", id);
      const change = { before: shownCounts(present.team), after: shownCounts(reset) };
      await trail.record(transaction, viewer, { ...ofTeam("resetTeamCounters", reset), ...change });
      return reset;
    });
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
    const team = (await this.suspension.set(viewer, "suspendTeam", id)) ?? (await this.getUndeleted(viewer, id));
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
    const team = (await this.suspension.set(viewer, "resumeTeam", id)) ?? (await this.getUndeleted(viewer, id));
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

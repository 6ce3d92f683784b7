import { authorize, reachOf } from "../../../auth/policy.js";
import type { Reach } from "../../../auth/reach.js";
import type { AdminViewer, KnownViewer, Viewer } from "../../../auth/viewer.js";
import type { Db, Tx } from "../../../db/client.js";
import { isForeignKeyViolation, orAlreadyExists } from "../../../db/failure.js";
import type { Condition } from "../../../db/lists/list.js";
import { fetchPage, type Page } from "../../../db/page.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction, type Transaction } from "../../../db/transaction.js";
import type { GroupModel, ModelGroup as Row } from "../../../generated/prisma/client.js";
import type { PageWindow } from "../../../input/page-window.js";
import { isGroupName } from "../../../input/rules.js";
import { validate } from "../../../input/validate.js";
import type { Clock } from "../../../lib/clock.js";
import { DomainError, notFound, quote } from "../../../lib/errors.js";
import { newId } from "../../../lib/ids.js";
import type { Upstreams } from "../../../upstream/upstreams.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import { requireUpstreams, rowsOf } from "./listed-models.js";
import type { CreateModelGroupInput, UpdateModelGroupInput } from "./model-group.input.js";
import {
  hasName,
  isNamed,
  keptModelGroups,
  lockModelGroup,
  modelGroupRow,
  modelGroups,
  modelGroupsInReach,
  modelGroupsOfTeams,
  teamsOfGroup,
} from "./model-group.sql.js";
import { ofGroup, shownGroup } from "./shown-group.js";

const TEAMS_NAMED_MAX = 10;

export type { GroupModel as GroupModelRow, Row as ModelGroupRow };

export class ModelGroupService {
  constructor(
    private readonly db: Db,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly trail: AuditTrail,
    private readonly upstreams: Upstreams,
  ) {}

  /** Throws ALREADY_EXISTS if the name is taken, and INVALID_INPUT if a model has no upstream. */
  async create(viewer: Viewer, input: CreateModelGroupInput): Promise<Row> {
    authorize(viewer, "modelGroup.create");
    const { name, displayName, description, models, allowedOptions, maxOutputTokens } = validate(input);
    requireUpstreams(models, this.upstreams);
    const data = {
      id: newId(),
      name,
      displayName: displayName ?? name,
      description: description ?? null,
      allowedOptions: allowedOptions ?? [],
      maxOutputTokens: maxOutputTokens ?? null,
      createdAt: this.clock.now(),
    };
    const work = async (transaction: Transaction) => {
      const rows = rowsOf(models);
      const group = await transaction.tx.modelGroup.create({
        data: { ...data, models: { createMany: { data: rows } } },
      });
      const act = {
        ...ofGroup("createModelGroup", name),
        before: null,
        after: shownGroup(group, await modelsIn(transaction.tx, [group.id])),
      };
      await this.trail.record(transaction, viewer, act);
      return group;
    };
    return orAlreadyExists("model group", name, () => inTransaction(this.db, work));
  }

  /** Changes what is given. A new list of models replaces the old one, for calls that are admitted from then on. */
  async update(viewer: Viewer, input: UpdateModelGroupInput): Promise<Row> {
    authorize(viewer, "modelGroup.update");
    const { name, displayName, description, models, allowedOptions, maxOutputTokens } = validate(input);
    if (models) requireUpstreams(models, this.upstreams);
    const { id } = await this.get(viewer, name);
    const data = {
      ...(displayName != null && { displayName }),
      ...(description != null && { description }),
      ...(allowedOptions != null && { allowedOptions }),
      ...(maxOutputTokens != null && { maxOutputTokens: maxOutputTokens || null }),
    };
    return inTransaction(this.db, async (transaction) => {
      const { tx, sql } = transaction;
      const [group] = await sql.run(lockModelGroup, { id });
      if (!group) throw notFound("model group", name);
      const before = shownGroup(group, await modelsIn(tx, [id]));
      if (models) {
        await tx.groupModel.deleteMany({ where: { groupId: id } });
        await tx.groupModel.createMany({ data: rowsOf(models).map((row) => ({ ...row, groupId: id })) });
      }
      const updated = await tx.modelGroup.update({ where: { id }, data });
      const after = shownGroup(updated, await modelsIn(tx, [id]));
      await this.trail.recordChange(transaction, viewer, { ...ofGroup("updateModelGroup", name), before, after });
      return updated;
    });
  }

  /** Throws INVALID_STATE if teams still have the group, and names the first 10. Calls that were made through the group keep its name. */
  async delete(viewer: Viewer, name: string): Promise<Row> {
    authorize(viewer, "modelGroup.delete");
    const group = await this.get(viewer, name);
    try {
      await inTransaction(this.db, (transaction) => this.deleteIn(transaction, viewer, group));
      return group;
    } catch (error) {
      if (!isForeignKeyViolation(error)) throw error;
      const teamIds = (await this.sql.run(teamsOfGroup, { groupId: group.id, namedMax: TEAMS_NAMED_MAX })).map(
        ({ id }) => id,
      );
      throw new DomainError(
        "INVALID_STATE",
        `Model group ${quote(name)} is still assigned to teams: ${teamIds.join(", ")}.`,
        {
          modelGroup: name,
          teamIds,
        },
      );
    }
  }

  private async deleteIn(transaction: Transaction, viewer: AdminViewer, { id, name }: Row): Promise<void> {
    const { tx, sql } = transaction;
    const [group] = await sql.run(lockModelGroup, { id });
    if (!group) return;
    const before = shownGroup(group, await modelsIn(tx, [id]));
    await tx.modelGroup.delete({ where: { id } });
    await this.trail.record(transaction, viewer, { ...ofGroup("deleteModelGroup", name), before, after: null });
  }

  /**
   * A team's key finds only the groups assigned to the team that calls with it may name, and an organization those assigned
   * to one of its teams.
   */
  async get(viewer: Viewer, name: string): Promise<Row> {
    authorize(viewer, "modelGroup.read");
    const named = { all: [hasName(name), ...inReach(viewer)] };
    const [row] = isGroupName(name) ? (await fetchPage(this.sql, modelGroups, { first: 1 }, named)).rows : [];
    if (!row) throw notFound("model group", name);
    return row;
  }

  /** Lists the groups in the viewer's reach, in order of name. */
  async list(viewer: Viewer, window: PageWindow): Promise<Page<Row>> {
    authorize(viewer, "modelGroup.read");
    return fetchPage(this.sql, modelGroups, window, { all: inReach(viewer) });
  }

  /**
   * Replaces the groups of a team by these, in the given order. Throws NOT_FOUND, which names the first that is not in
   * `reach`: so an organization hands on what the admin has given it, and no more. The team must be new, or its row locked.
   */
  async assign({ tx, sql }: Transaction, reach: Reach, teamId: string, names: readonly string[]): Promise<void> {
    const groups = await sql.query(keptModelGroups(names.filter(isGroupName), reach), modelGroupRow);
    const ids = new Map(groups.map((group) => [group.name, group.id]));
    const data = names.map((name, position) => {
      const groupId = ids.get(name);
      if (!groupId) throw notFound("model group", name);
      return { teamId, groupId, position };
    });
    await tx.teamModelGroup.deleteMany({ where: { teamId } });
    await tx.teamModelGroup.createMany({ data });
  }

  /** For loaders: the models of groups that the viewer has reached, in the order of trial. */
  modelsOf(groupIds: readonly string[]): Promise<GroupModel[]> {
    return modelsIn(this.db, groupIds);
  }

  /** For loaders: the groups of teams in the viewer's reach, in the order of assignment. */
  byTeams(teamIds: readonly string[]): Promise<(Row & { teamId: string })[]> {
    return this.sql.run(modelGroupsOfTeams, { teamIds });
  }
}

function inReach(viewer: KnownViewer): Condition[] {
  const ofKey = viewer.kind === "team" && viewer.modelGroups ? [isNamed(viewer.modelGroups)] : [];
  return [...modelGroupsInReach(reachOf(viewer)), ...ofKey];
}

/** The models of groups, in the order of trial. */
const modelsIn = (db: Db | Tx, groupIds: readonly string[]): Promise<GroupModel[]> =>
  db.groupModel.findMany({
    where: { groupId: { in: [...groupIds] } },
    orderBy: [{ groupId: "asc" }, { priority: "asc" }, { position: "asc" }],
  });

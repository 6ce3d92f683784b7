import { authorize } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Db, Tx } from "../../db/database.js";
import { isForeignKeyViolation, isUniqueViolation } from "../../db/failure.js";
import { fetchPage, type List, type Page, type PageRequest } from "../../db/page.js";
import { queryRows } from "../../db/rows.js";
import { inTransaction } from "../../db/transaction.js";
import { type GroupModel, Prisma, type ModelGroup as Row } from "../../generated/prisma/client.js";
import { isId, validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { cut, DomainError, notFound, quote } from "../../lib/errors.js";
import { newId } from "../../lib/ids.js";
import type { AdminPrice } from "../../upstream/pricing/prices.js";
import type { CreateModelGroupInput, GroupModelInput, UpdateModelGroupInput } from "./model-group.input.js";
import { type Plan, planOf } from "./plan.js";

export type { GroupModel as GroupModelRow, Row as ModelGroupRow };

const MODEL_GROUPS: List<Row> = {
  table: "model_groups",
  order: [{ column: "name", field: "name", type: "text" }],
  direction: "ASC",
};

export class ModelGroupService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** Refuses a name that is taken with ALREADY_EXISTS. */
  async create(viewer: Viewer, input: CreateModelGroupInput): Promise<Row> {
    authorize(viewer, "modelGroup.create");
    const { name, displayName, description, models } = validate(input);
    const data = {
      id: newId(),
      name,
      displayName: displayName ?? name,
      description: description ?? null,
      createdAt: this.clock.now(),
    };
    try {
      return await this.db.modelGroup.create({ data: { ...data, models: { createMany: { data: rowsOf(models) } } } });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new DomainError("ALREADY_EXISTS", `Model group ${quote(name)} already exists.`, {
        kind: "model group",
        id: name,
      });
    }
  }

  /** Changes what is given; a new list of models is in place of the old one for every call that is admitted from then on. */
  async update(viewer: Viewer, input: UpdateModelGroupInput): Promise<Row> {
    authorize(viewer, "modelGroup.update");
    const { name, displayName, description, models } = validate(input);
    const { id } = await this.get(viewer, name);
    const texts = { ...(displayName != null && { displayName }), ...(description != null && { description }) };
    return inTransaction(this.db, async (tx) => {
      const [group] = await queryRows<Row>(
        tx,
        Prisma.sql`SELECT * FROM model_groups WHERE id = ${id}::uuid FOR UPDATE`,
      );
      if (!group) throw notFound("model group", name);
      if (models) {
        await tx.groupModel.deleteMany({ where: { groupId: id } });
        await tx.groupModel.createMany({ data: rowsOf(models).map((row) => ({ ...row, groupId: id })) });
      }
      return tx.modelGroup.update({ where: { id }, data: texts });
    });
  }

  /** Refuses a group that a team still has with INVALID_STATE. What was called through the group keeps its name. */
  async delete(viewer: Viewer, name: string): Promise<Row> {
    authorize(viewer, "modelGroup.delete");
    const group = await this.get(viewer, name);
    try {
      await this.db.modelGroup.deleteMany({ where: { id: group.id } });
      return group;
    } catch (error) {
      if (!isForeignKeyViolation(error)) throw error;
      throw new DomainError("INVALID_STATE", `Model group ${quote(name)} is still assigned to a team.`, {
        modelGroup: name,
      });
    }
  }

  /** A team finds only the groups assigned to it. */
  async get(viewer: Viewer, name: string): Promise<Row> {
    authorize(viewer, "modelGroup.read");
    const assigned = viewer.kind === "team" ? { teams: { some: { teamId: viewer.teamId } } } : {};
    const row = isId(name) ? await this.db.modelGroup.findUnique({ where: { name, ...assigned } }) : null;
    if (!row) throw notFound("model group", name);
    return row;
  }

  /** In order of name; for a team, the groups assigned to it. */
  async list(viewer: Viewer, request: PageRequest): Promise<Page<Row>> {
    authorize(viewer, "modelGroup.read");
    const assigned =
      viewer.kind === "team"
        ? [Prisma.sql`id IN (SELECT group_id FROM team_model_groups WHERE team_id = ${viewer.teamId})`]
        : [];
    return fetchPage(this.db, MODEL_GROUPS, request, assigned);
  }

  /**
   * The models to try for a team's call, in order, each with the admin's price of this moment. Unknown and unassigned
   * groups are one answer: MODEL_GROUP_NOT_ALLOWED.
   */
  async plan(teamId: string, name: string): Promise<Plan> {
    const models = isId(name)
      ? await queryRows<GroupModel & (AdminPrice | { inputNanoUsdPerMillionTokens: null })>(
          this.db,
          Prisma.sql`SELECT group_models.*, input_nano_usd_per_million_tokens, output_nano_usd_per_million_tokens,
              cached_input_nano_usd_per_million_tokens
            FROM model_groups JOIN team_model_groups ON team_model_groups.group_id = model_groups.id
            JOIN group_models ON group_models.group_id = model_groups.id
            LEFT JOIN model_prices ON model_prices.model = group_models.name
            WHERE model_groups.name = ${name} AND team_id = ${teamId}`,
        )
      : [];
    const plan = planOf(
      models.map((model) => ({ ...model, price: model.inputNanoUsdPerMillionTokens === null ? undefined : model })),
    );
    if (plan) return plan;
    throw new DomainError("MODEL_GROUP_NOT_ALLOWED", `The team may not use a model group ${quote(name)}.`, {
      modelGroup: cut(name),
    });
  }

  /**
   * Gives a team these groups in the given order, in place of those it has. NOT_FOUND names the first that does not
   * exist. The team is new, or its row is locked.
   */
  async assign(tx: Tx, teamId: string, names: readonly string[]): Promise<void> {
    const groups = await queryRows<Row>(
      tx,
      Prisma.sql`SELECT * FROM model_groups WHERE name = ANY(${names.filter(isId)}::text[]) ORDER BY id FOR KEY SHARE`,
    );
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
    return this.db.groupModel.findMany({
      where: { groupId: { in: [...groupIds] } },
      orderBy: [{ groupId: "asc" }, { priority: "asc" }, { position: "asc" }],
    });
  }

  /** For loaders: the groups of teams in the viewer's reach, in the order of assignment. */
  byTeams(teamIds: readonly string[]): Promise<(Row & { teamId: string })[]> {
    return queryRows(
      this.db,
      Prisma.sql`SELECT model_groups.*, team_id FROM team_model_groups JOIN model_groups ON model_groups.id = group_id
        WHERE team_id = ANY(${teamIds}::text[]) ORDER BY team_id, position`,
    );
  }
}

function rowsOf(models: readonly GroupModelInput[]) {
  return models.map(({ name, priority }, position) => ({ position, name, priority: priority ?? position }));
}

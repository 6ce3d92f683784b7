import { authorize, mayReach } from "../../auth/policy.js";
import { actorOf, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/database.js";
import { isForeignKeyViolation, isUniqueViolation } from "../../db/failure.js";
import { fetchPage, fetchPages, type List, type Page, type PageRequest } from "../../db/page.js";
import { inTransaction } from "../../db/transaction.js";
import { AccountStatus, Prisma, type Team as Row } from "../../generated/prisma/client.js";
import { isId, validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError, notFound, quote } from "../../lib/errors.js";
import type { Ledger } from "../credits/ledger.js";
import type { KeyService, VirtualKeyRow } from "../keys/key.service.js";
import type { ModelGroupService } from "../models/model-group.service.js";
import type { Plan } from "../models/plan.js";
import type { OrganizationService } from "../organizations/organization.service.js";
import type { CreateTeamInput, SetTeamModelGroupsInput } from "./team.input.js";

export type { Row as TeamRow };

const TEAMS: List<Row> = {
  table: "teams",
  parent: { column: "organization_id", type: "text" },
  order: [{ column: "id", field: "id", type: "text" }],
  direction: "ASC",
};

interface Needs {
  readonly db: Db;
  readonly clock: Clock;
  readonly organizations: OrganizationService;
  readonly keys: KeyService;
  readonly modelGroups: ModelGroupService;
  readonly ledger: Ledger;
  /** Called when a team was suspended, for whoever has work of that team under way. */
  readonly onSuspended: (teamId: string) => Promise<void>;
}

export class TeamService {
  constructor(private readonly needs: Needs) {}

  /** Writes the team, its groups, its account with the first grant and its first key, all or nothing. */
  async create(viewer: Viewer, input: CreateTeamInput): Promise<{ team: Row; virtualKey: string; key: VirtualKeyRow }> {
    authorize(viewer, "team.create");
    const { id, organizationId, alias, modelGroups, creditsAllocated, metadata } = validate(input);
    await this.needs.organizations.get(viewer, organizationId);
    const now = this.needs.clock.now();
    const data = { id, organizationId, alias: alias ?? id, metadata: metadata ?? {}, createdAt: now, updatedAt: now };
    try {
      return await inTransaction(this.needs.db, async (tx) => {
        const team = await tx.team.create({ data });
        await this.needs.modelGroups.assign(tx, id, modelGroups ?? []);
        await this.needs.ledger.open(tx, id);
        const grant = {
          teamId: id,
          credits: creditsAllocated ?? 0,
          reason: "Initial allocation",
          actor: actorOf(viewer),
        };
        if (grant.credits > 0) await this.needs.ledger.grant(tx, grant);
        return { team, ...(await this.needs.keys.mint(tx, { teamId: id, name: null, expiresAt: null })) };
      });
    } catch (error) {
      if (isUniqueViolation(error))
        throw new DomainError("ALREADY_EXISTS", `Team ${quote(id)} already exists.`, { kind: "team", id });
      if (isForeignKeyViolation(error)) throw notFound("organization", organizationId);
      throw error;
    }
  }

  async get(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "team.read");
    const row = isId(id) && mayReach(viewer, id) ? await this.needs.db.team.findUnique({ where: { id } }) : null;
    if (!row) throw notFound("team", id);
    return row;
  }

  /** Those in the viewer's reach, in order of id. */
  async list(
    viewer: Viewer,
    args: PageRequest & { organizationId?: string | null; status?: AccountStatus | null },
  ): Promise<Page<Row>> {
    authorize(viewer, "team.read");
    const where = this.inReach(viewer);
    if (args.organizationId != null) {
      await this.needs.organizations.get(viewer, args.organizationId);
      where.push(Prisma.sql`organization_id = ${args.organizationId}`);
    }
    if (args.status) where.push(Prisma.sql`status = ${args.status}::account_status`);
    return fetchPage(this.needs.db, TEAMS, args, where);
  }

  /** For loaders: a page of each organization's teams that are in the viewer's reach, in order of id. */
  async listByOrganizations(
    viewer: Viewer,
    organizationIds: readonly string[],
    request: PageRequest,
  ): Promise<Page<Row>[]> {
    return fetchPages(this.needs.db, TEAMS, organizationIds, request, this.inReach(viewer));
  }

  /** For loaders: the rows of ids that were reached through something the viewer may see. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.needs.db.team.findMany({ where: { id: { in: [...ids] } } });
  }

  /** Replaces the groups of a team, for every call that is admitted from then on. NOT_FOUND names one that does not exist. */
  async setModelGroups(viewer: Viewer, input: SetTeamModelGroupsInput): Promise<Row> {
    authorize(viewer, "team.update");
    const { teamId: id, modelGroups } = validate(input);
    await this.get(viewer, id);
    return inTransaction(this.needs.db, async (tx) => {
      const team = await tx.team.update({ where: { id }, data: { updatedAt: this.needs.clock.now() } });
      await this.needs.modelGroups.assign(tx, id, modelGroups);
      return team;
    });
  }

  /** The models that a call of the team would try, in order. MODEL_GROUP_NOT_ALLOWED as such a call would be answered. */
  async plan(viewer: Viewer, teamId: string, modelGroup: string): Promise<Plan> {
    const team = await this.get(viewer, teamId);
    return this.needs.modelGroups.plan(team.id, modelGroup);
  }

  /** From now on everything the team's keys ask is refused, and its running calls are cancelled. Repeating changes nothing. */
  async suspend(viewer: Viewer, id: string): Promise<Row> {
    const team = await this.setStatus(viewer, id, AccountStatus.SUSPENDED);
    await this.needs.onSuspended(id);
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
    const changed = await this.needs.db.team.update({
      where: { id },
      data: { status, updatedAt: this.needs.clock.now() },
    });
    this.needs.keys.forgetTeam(id);
    return changed;
  }

  private inReach(viewer: Viewer): Prisma.Sql[] {
    authorize(viewer, "team.read");
    return viewer.kind === "team" ? [Prisma.sql`id = ${viewer.teamId}`] : [];
  }
}

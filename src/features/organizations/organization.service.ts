import { authorize } from "../../auth/policy.js";
import type { AdminViewer, TeamViewer, Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/database.js";
import { isUniqueViolation } from "../../db/failure.js";
import { fetchPage, type List, type Page, type PageRequest } from "../../db/page.js";
import { type AccountStatus, Prisma, type Organization as Row } from "../../generated/prisma/client.js";
import { isId, validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError, notFound, quote } from "../../lib/errors.js";
import type { CreateOrganizationInput } from "./organization.input.js";

export type { Row as OrganizationRow };

const ORGANIZATIONS: List<Row> = {
  table: "organizations",
  order: [{ column: "id", field: "id", type: "text" }],
  direction: "ASC",
};

export class OrganizationService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** Refuses an id that is taken with ALREADY_EXISTS. */
  async create(viewer: Viewer, input: CreateOrganizationInput): Promise<Row> {
    authorize(viewer, "organization.create");
    const { id, name, metadata } = validate(input);
    const now = this.clock.now();
    try {
      return await this.db.organization.create({
        data: { id, name, metadata: metadata ?? {}, createdAt: now, updatedAt: now },
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new DomainError("ALREADY_EXISTS", `Organization ${quote(id)} already exists.`, {
        kind: "organization",
        id,
      });
    }
  }

  async get(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "organization.read");
    const row =
      isId(id) && mayReachOrganization(viewer, id) ? await this.db.organization.findUnique({ where: { id } }) : null;
    if (!row) throw notFound("organization", id);
    return row;
  }

  /** Those in the viewer's reach, in order of id. */
  async list(viewer: Viewer, request: PageRequest & { status?: AccountStatus | null }): Promise<Page<Row>> {
    authorize(viewer, "organization.read");
    const where: Prisma.Sql[] = [];
    if (viewer.kind === "team") where.push(Prisma.sql`id = ${viewer.organizationId}`);
    if (request.status) where.push(Prisma.sql`status = ${request.status}::account_status`);
    return fetchPage(this.db, ORGANIZATIONS, request, where);
  }

  /** For loaders: the rows of ids that were reached through something the viewer may see. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.db.organization.findMany({ where: { id: { in: [...ids] } } });
  }

  /** All of an organization, which is the admin's to see. */
  details(viewer: Viewer, organization: Row): Row {
    authorize(viewer, "organization.readDetails");
    return organization;
  }
}

export function mayReachOrganization(viewer: AdminViewer | TeamViewer, id: string): boolean {
  return viewer.kind === "admin" || viewer.organizationId === id;
}

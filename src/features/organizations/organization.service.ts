import { authorize, reachOf } from "../../auth/policy.js";
import { reachesOrganization } from "../../auth/reach.js";
import { adminOf, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import { orAlreadyExists } from "../../db/failure.js";
import { fetchPage, type Page } from "../../db/page.js";
import { organizationsInReach } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import type { AccountStatus, Organization as Row } from "../../generated/prisma/client.js";
import { changedMetadata } from "../../input/merge-metadata.js";
import type { PageWindow } from "../../input/page-window.js";
import { validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError, notFound } from "../../lib/errors.js";
import { isId } from "../../lib/ids.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import { hasStatus } from "./account-status.sql.js";
import { keepOrganization } from "./kept-account.js";
import type { CreateOrganizationInput, UpdateOrganizationInput } from "./organization.input.js";
import { changeOrganization, findOrganizations, organizations } from "./organization.sql.js";
import { ofOrganization, shownOrganization } from "./shown-organization.js";

export type { Row as OrganizationRow };

export class OrganizationService {
  constructor(
    private readonly db: Db,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly trail: AuditTrail,
  ) {}

  /** Throws ALREADY_EXISTS if the id is taken. */
  async create(viewer: Viewer, input: CreateOrganizationInput): Promise<Row> {
    authorize(viewer, "organization.create");
    const { id, name, metadata } = validate(input);
    const now = this.clock.now();
    const data = { id, name, metadata: metadata ?? {}, createdAt: now, updatedAt: now };
    const work = async (transaction: Transaction) => {
      const after = await transaction.tx.organization.create({ data });
      await this.trail.record(transaction, viewer, {
        ...ofOrganization("createOrganization", id),
        before: null,
        after: shownOrganization(after),
      });
      return after;
    };
    return orAlreadyExists("organization", id, () => inTransaction(this.db, work));
  }

  /** Makes the organization that the configuration names, unless it is there. Its name is its id until the admin changes it. */
  async ensure(id: string): Promise<void> {
    if ((await this.byIds([id])).length > 0) return;
    await this.create(adminOf("start"), { id, name: id }).catch((error: unknown) => {
      // Another process of the same configuration was faster.
      if (!(error instanceof DomainError && error.code === "ALREADY_EXISTS")) throw error;
    });
  }

  /**
   * Changes what is given of an organization, and nothing else. Throws NOT_FOUND, and INVALID_STATE if it is deleted.
   */
  async update(viewer: Viewer, input: UpdateOrganizationInput): Promise<Row> {
    authorize(viewer, "organization.update");
    const { id, name, metadata } = validate(input);
    await this.get(viewer, id);
    return inTransaction(this.db, async (transaction) => {
      const kept = await keepOrganization(transaction, id);
      const [before] = await transaction.sql.run(findOrganizations, { ids: [id] });
      const changed = changedMetadata(kept.metadata, metadata, {
        field: "input.metadata",
        whose: "the organization's",
      });
      const values = { id, newName: name ?? null, metadata: changed };
      const [organization] = await transaction.sql.run(changeOrganization, values);
      if (!before || !organization) throw notFound("organization", id);
      await this.trail.recordChange(transaction, viewer, {
        ...ofOrganization("updateOrganization", id),
        before: shownOrganization(before),
        after: shownOrganization(organization),
      });
      return organization;
    });
  }

  async get(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "organization.read");
    const [row] = isId(id) && reachesOrganization(reachOf(viewer), id) ? await this.byIds([id]) : [];
    if (!row) throw notFound("organization", id);
    return row;
  }

  /** Lists the organizations in the viewer's reach, in order of id. */
  async list(viewer: Viewer, window: PageWindow & { status?: AccountStatus | null }): Promise<Page<Row>> {
    authorize(viewer, "organization.read");
    const where = organizationsInReach(reachOf(viewer));
    if (window.status) where.push(hasStatus(window.status));
    return fetchPage(this.sql, organizations, window, { all: where });
  }

  /** For loaders: the rows of organizations that were reached through something that the viewer may see. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.sql.run(findOrganizations, { ids });
  }

  /** Returns the whole organization, which a team may not see. */
  details(viewer: Viewer, organization: Row): Row {
    authorize(viewer, "organization.readDetails");
    return organization;
  }
}

import { authorize } from "../../../auth/policy.js";
import type { AdminViewer, Viewer } from "../../../auth/viewer.js";
import type { Db } from "../../../db/client.js";
import { inTransaction, type Transaction } from "../../../db/transaction.js";
import { DomainError, quote } from "../../../lib/errors.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import type { AccessChanges } from "../../keys/access-changes.js";
import { isDeleted } from "../../organizations/kept-account.js";
import { lockOrganization } from "../../organizations/kept-account.sql.js";
import type { OrganizationRow, OrganizationService } from "../../organizations/organization.service.js";
import { ofOrganization } from "../../organizations/shown-organization.js";
import {
  deleteOrganization,
  revokeOrganizationKeys,
  setOrganizationStatus,
  teamsThatAreLeft,
} from "./organization-lifecycle.sql.js";

const TEAMS_NAMED_MAX = 10;

export interface OrganizationLifecycleDeps {
  readonly db: Db;
  readonly organizations: OrganizationService;
  readonly accessChanges: AccessChanges;
  readonly trail: AuditTrail;
  /** Ends the work that teams of a suspended organization have under way. */
  readonly accessEnds: { ofSuspendedOrganization(organizationId: string): Promise<void> };
}

/** What the admin does with an organization as a whole, with all of its teams and keys. */
export class OrganizationLifecycleService {
  constructor(private readonly deps: OrganizationLifecycleDeps) {}

  /**
   * Suspends an organization: requests with its keys and with those of its teams are refused, and the running calls of its
   * teams are cancelled. Repeating changes nothing. Throws INVALID_STATE if it is deleted.
   */
  async suspend(viewer: Viewer, id: string): Promise<OrganizationRow> {
    authorize(viewer, "organization.suspend");
    const organization = await this.setStatus(viewer, "suspendOrganization", id, "SUSPENDED");
    await this.deps.accessEnds.ofSuspendedOrganization(id);
    return organization;
  }

  /** The organization may work again, and those of its teams that are not suspended themselves. Repeating changes nothing. */
  async resume(viewer: Viewer, id: string): Promise<OrganizationRow> {
    authorize(viewer, "organization.suspend");
    return this.setStatus(viewer, "resumeOrganization", id, "ACTIVE");
  }

  private async setStatus(
    viewer: AdminViewer,
    operation: "suspendOrganization" | "resumeOrganization",
    id: string,
    status: "ACTIVE" | "SUSPENDED",
  ): Promise<OrganizationRow> {
    const { db, organizations, accessChanges, trail } = this.deps;
    await organizations.get(viewer, id);
    const changed = await inTransaction(db, async (transaction) => {
      const [organization] = await transaction.sql.run(setOrganizationStatus, { id, status });
      if (!organization) return null;
      const before = { status: status === "ACTIVE" ? "SUSPENDED" : "ACTIVE" };
      await trail.record(transaction, viewer, { ...ofOrganization(operation, id), before, after: { status } });
      return organization;
    });
    const organization = changed ?? (await organizations.get(viewer, id));
    if (organization.status === "DELETED") throw isDeleted("organization", id);
    accessChanges.made(id);
    return organization;
  }

  /**
   * Deletes an organization, whose teams are all deleted, and revokes its keys. Its row and its pool are kept. Repeating
   * changes nothing. Throws INVALID_STATE, naming at most 10 of them, while teams are not deleted. A team that is created at
   * the same moment is either seen here, or refused.
   */
  async delete(viewer: Viewer, id: string): Promise<OrganizationRow> {
    authorize(viewer, "organization.delete");
    const { db, organizations, accessChanges } = this.deps;
    await organizations.get(viewer, id);
    await inTransaction(db, (transaction) => this.deleteIn(transaction, viewer, id));
    accessChanges.made(id);
    return organizations.get(viewer, id);
  }

  private async deleteIn(transaction: Transaction, viewer: AdminViewer, id: string): Promise<void> {
    const { sql } = transaction;
    const [organization] = await sql.run(lockOrganization, { organizationId: id });
    if (!organization || organization.status === "DELETED") return;
    const left = await sql.run(teamsThatAreLeft, { organizationId: id, namedMax: TEAMS_NAMED_MAX + 1 });
    if (left.length > 0)
      throw isInUse(
        id,
        left.map((team) => team.id),
      );
    await sql.run(deleteOrganization, { id });
    await sql.run(revokeOrganizationKeys, { organizationId: id });
    await this.deps.trail.record(transaction, viewer, {
      ...ofOrganization("deleteOrganization", id),
      before: { status: organization.status },
      after: { status: "DELETED" },
    });
  }
}

function isInUse(organizationId: string, left: readonly string[]): DomainError {
  const teamIds = left.slice(0, TEAMS_NAMED_MAX);
  const names = teamIds.join(", ") + (left.length > TEAMS_NAMED_MAX ? " and others" : "");
  const message = `The organization ${quote(organizationId)} still has teams that are not deleted: ${names}.`;
  return new DomainError("INVALID_STATE", message, { organizationId, teamIds });
}

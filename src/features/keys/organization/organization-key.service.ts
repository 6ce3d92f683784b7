import { authorize, reachOf } from "../../../auth/policy.js";
import { reachesAllOf } from "../../../auth/reach.js";
import type { Viewer } from "../../../auth/viewer.js";
import type { Db } from "../../../db/client.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction } from "../../../db/transaction.js";
import type { OrganizationKey as Row } from "../../../generated/prisma/client.js";
import { validate } from "../../../input/validate.js";
import type { Clock } from "../../../lib/clock.js";
import { notFound } from "../../../lib/errors.js";
import { isUuid } from "../../../lib/ids.js";
import type { RecordedOperation, Shown } from "../../audit/act.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import { keepOrganization } from "../../organizations/kept-account.js";
import type { OrganizationService } from "../../organizations/organization.service.js";
import type { AccessChanges } from "../access-changes.js";
import type { VirtualKeyStatus } from "../key.type.js";
import { KEYS_OF_HOLDER_MAX, makeKey, requireFuture, requireRoom, statusOfKey } from "../key-rules.js";
import type { CreateOrganizationKeyInput } from "./organization-key.input.js";
import { findOrganizationKeys, keysOfOrganizations } from "./organization-key.sql.js";

export type { Row as OrganizationKeyRow };

interface OrganizationKeyServiceDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly organizations: OrganizationService;
  readonly accessChanges: AccessChanges;
  readonly trail: AuditTrail;
}

/** The keys with which organizations manage their teams. Only the admin makes and revokes them. */
export class OrganizationKeyService {
  constructor(private readonly deps: OrganizationKeyServiceDeps) {}

  /**
   * Adds a key to an organization and returns its secret in clear, only this once. An organization has at most 100 keys
   * that are not revoked.
   */
  async create(viewer: Viewer, input: CreateOrganizationKeyInput): Promise<{ secret: string; key: Row }> {
    authorize(viewer, "organizationKey.create");
    const { organizationId, name, expiresAt } = validate(input);
    const { db, clock, organizations, trail } = this.deps;
    await organizations.get(viewer, organizationId);
    requireFuture(expiresAt, clock.now());
    const key = { name: name ?? null, expiresAt: expiresAt ?? null };
    const { clear, columns } = makeKey("organization", key, clock.now());
    return inTransaction(db, async (transaction) => {
      await keepOrganization(transaction, organizationId);
      const { organizationKey } = transaction.tx;
      requireRoom("organization", await organizationKey.count({ where: { organizationId, revokedAt: null } }));
      const created = await organizationKey.create({ data: { ...columns, organizationId } });
      const after = { ...shownKey(created), organizationId };
      await trail.record(transaction, viewer, { ...ofKey("createOrganizationKey", created), before: null, after });
      return { secret: clear, key: created };
    });
  }

  /** Revokes a key: from now on it is refused, and its open streams end. Revoking it again changes nothing. */
  async revoke(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "organizationKey.revoke");
    const { db, clock, accessChanges, trail } = this.deps;
    const found = isUuid(id) ? await db.organizationKey.findUnique({ where: { id } }) : null;
    if (!found || !reachesAllOf(reachOf(viewer), found.organizationId)) throw notFound("organization key", id);
    const key = await inTransaction(db, async (transaction) => {
      const { organizationKey } = transaction.tx;
      const revokedAt = clock.now();
      const { count } = await organizationKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } });
      const now = await organizationKey.findUniqueOrThrow({ where: { id } });
      const change = { before: { revokedAt: null }, after: { revokedAt } };
      if (count > 0) await trail.record(transaction, viewer, { ...ofKey("revokeOrganizationKey", now), ...change });
      return now;
    });
    accessChanges.made(found.organizationId);
    return key;
  }

  status(key: Row): VirtualKeyStatus {
    return statusOfKey(key, this.deps.clock.now());
  }

  /** For loaders: the rows of keys that were reached through something that the viewer may see. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.deps.sql.run(findOrganizationKeys, { ids });
  }

  /**
   * For loaders: the keys of organizations, oldest first, revoked ones after the others. Of an organization that the viewer
   * does not reach as a whole, such as a team's own, there are none.
   */
  async byOrganizations(viewer: Viewer, organizationIds: readonly string[]): Promise<Row[]> {
    authorize(viewer, "organization.read");
    const reach = reachOf(viewer);
    const reached = organizationIds.filter((id) => reachesAllOf(reach, id));
    if (reached.length === 0) return [];
    return this.deps.sql.run(keysOfOrganizations, { organizationIds: reached, ofEachMax: KEYS_OF_HOLDER_MAX });
  }
}

const shownKey = ({ name, prefix, expiresAt }: Row): Shown => ({ name, prefix, expiresAt });

const ofKey = (operation: RecordedOperation, { id, organizationId }: Row) =>
  ({ operation, subjectType: "OrganizationKey", subjectId: id, organizationId }) as const;

import { LRUCache } from "lru-cache";
import type { Session } from "../../../auth/person.js";
import { ANONYMOUS, type Viewer } from "../../../auth/viewer.js";
import type { Sql } from "../../../db/statement.js";
import type { Clock } from "../../../lib/clock.js";
import { accessOfOrganization } from "./session-access.sql.js";

/** A suspension by another process takes effect here within this time; by this process, at once. */
const CACHE_MS = 500;
const CACHE_MAX = 1_000;

type Access = { readonly isSuspended: boolean } | "none";

/** Finds out what a person may do whose session was accepted. */
export class SessionHolders {
  private readonly organizations = new LRUCache<string, Access>({ max: CACHE_MAX, ttl: CACHE_MS });
  /** Counts the calls of `forget`: what was looked up before one of them may be out of date. */
  private changes = 0;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * The person of a session, for one request. It is anonymous if the session has ended, or if the organization of the person
   * does not exist, or was deleted.
   */
  async viewerOf({ organizationId, ...person }: Session, requestId: string): Promise<Viewer> {
    if (person.expiresAt <= this.clock.now()) return ANONYMOUS;
    if (organizationId === null)
      return person.role === "ORGANIZATION" ? ANONYMOUS : { kind: "admin", requestId, person };
    const access = this.organizations.get(organizationId) ?? (await this.lookUp(organizationId));
    if (access === "none") return ANONYMOUS;
    const suspended = access.isSuspended ? "ORGANIZATION" : null;
    return { kind: "organization", requestId, keyId: null, organizationId, suspended, person };
  }

  /** Makes this process ask the database again for an organization: to be called when its access has changed. */
  forget(organizationId: string): void {
    this.changes += 1;
    this.organizations.delete(organizationId);
  }

  private async lookUp(id: string): Promise<Access> {
    const { changes } = this;
    const [organization] = await this.sql.run(accessOfOrganization, { id });
    const access = organization ?? "none";
    if (changes === this.changes) this.organizations.set(id, access);
    return access;
  }
}

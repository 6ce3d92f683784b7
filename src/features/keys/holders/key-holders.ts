import { LRUCache } from "lru-cache";
import type { CallLimit } from "../../../auth/call-limits.js";
import { ANONYMOUS, keyIdOf, type Suspended, type Viewer } from "../../../auth/viewer.js";
import type { ValuesOf } from "../../../db/column-type.js";
import type { Sql } from "../../../db/statement.js";
import type { Clock } from "../../../lib/clock.js";
import { callLimitsOf } from "../../limits/limit-settings.js";
import { type HolderKind, hashSecret, kindOfSecret } from "../secret.js";
import {
  findHolder,
  findOrganizationHolder,
  findSecretHash,
  noteOrganizationUses,
  noteUses,
} from "./key-holders.sql.js";

/** A revocation or suspension by another process takes effect here within this time; by this process, at once. */
const CACHE_MS = 500;
const CACHE_MAX = 10_000;
const LAST_USED_PRECISION_MS = 60_000;

/** What is known of a secret: whose it is, until when, and what its calls are limited to at present. */
type Holder = TeamHolder | OrganizationHolder;
interface TeamHolder extends Omit<Found, "teamLimits" | "keyLimits" | "defaultKeyLimits"> {
  readonly kind: "team";
  readonly limits: readonly CallLimit[];
}
type Found = ValuesOf<typeof findHolder.row>;
type OrganizationHolder = { readonly kind: "organization" } & ValuesOf<typeof findOrganizationHolder.row>;

/** Finds out who holds a secret. This is all that a request needs of the keys. */
export class KeyHolders {
  private readonly holders = new LRUCache<string, Holder>({ max: CACHE_MAX, ttl: CACHE_MS });
  /** Counts the calls of `forget`: what was looked up before one of them may be out of date. */
  private changes = 0;
  /** The ids of keys whose use is to be noted. */
  private readonly used = new Map<string, HolderKind>();

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** The viewer who holds this secret, for one request; anonymous if it is unknown, expired or revoked. */
  async viewerOf(secret: string, requestId: string): Promise<Viewer> {
    const kind = kindOfSecret(secret);
    return kind ? this.viewerOfHash(kind, hashSecret(secret), requestId) : ANONYMOUS;
  }

  /** The same by the hash of the secret. */
  async viewerOfHash(kind: HolderKind, hash: Uint8Array<ArrayBuffer>, requestId: string): Promise<Viewer> {
    const holder = this.holders.get(cacheKey(hash)) ?? (await this.lookUp(kind, hash));
    if (!holder || (holder.expiresAt && holder.expiresAt <= this.clock.now())) return ANONYMOUS;
    return viewerOf(holder, requestId);
  }

  /** The hash of the present secret of the viewer's key, in base64. Null if it has no key, or one that is gone. */
  async secretHashOf(viewer: Viewer): Promise<string | null> {
    const keyId = keyIdOf(viewer);
    const [found] = keyId === null ? [] : await this.sql.run(findSecretHash, { keyId });
    return found ? Buffer.from(found.secretHash).toString("base64") : null;
  }

  /**
   * Makes this process ask the database again for the keys of a team, or for those of an organization and its teams: to be
   * called when their access has changed. If both have this id, those of both are asked for again.
   */
  forget(teamOrOrganizationId: string): void {
    this.changes += 1;
    for (const [key, holder] of this.holders.entries()) {
      const isOfTeam = holder.kind === "team" && holder.teamId === teamOrOrganizationId;
      if (isOfTeam || holder.organizationId === teamOrOrganizationId) this.holders.delete(key);
    }
  }

  private async lookUp(kind: HolderKind, secretHash: Uint8Array<ArrayBuffer>): Promise<Holder | undefined> {
    const { changes } = this;
    const holder = await this.find(kind, { secretHash, precisionMs: LAST_USED_PRECISION_MS });
    if (!holder) return undefined;
    if (changes === this.changes) this.holders.set(cacheKey(secretHash), holder);
    // No request waits for this, or fails because of it: a task writes it. Keys beyond the limit are noted at a later use.
    if (holder.isUseToNote && this.used.size < CACHE_MAX) this.used.set(holder.keyId, kind);
    return holder;
  }

  private async find(kind: HolderKind, values: ValuesOf<typeof findHolder.params>): Promise<Holder | undefined> {
    if (kind === "organization") {
      const [holder] = await this.sql.run(findOrganizationHolder, values);
      return holder && { kind, ...holder };
    }
    const [row] = await this.sql.run(findHolder, values);
    if (!row) return undefined;
    const { teamLimits, keyLimits, defaultKeyLimits, ...holder } = row;
    return { kind, ...holder, limits: callLimitsOf(row, this.clock.now()) };
  }

  /**
   * Writes down which keys have been used, at most `batchMax` of them, and returns how many. If that fails, they are noted
   * when they are used again.
   */
  async noteUses(batchMax: number): Promise<number> {
    const batch = [...this.used].slice(0, batchMax);
    for (const [keyId] of batch) this.used.delete(keyId);
    const statements = { team: noteUses, organization: noteOrganizationUses };
    for (const kind of ["team", "organization"] as const) {
      const keyIds = batch.filter(([, of]) => of === kind).map(([keyId]) => keyId);
      if (keyIds.length > 0) await this.sql.run(statements[kind], { keyIds, precisionMs: LAST_USED_PRECISION_MS });
    }
    return batch.length;
  }
}

const cacheKey = (hash: Uint8Array): string => Buffer.from(hash).toString("base64");

function viewerOf(holder: Holder, requestId: string): Viewer {
  const { keyId, organizationId } = holder;
  const suspended = holder.suspended as Suspended | null;
  if (holder.kind === "organization") return { kind: "organization", requestId, keyId, organizationId, suspended };
  const { teamId, rotation, limits } = holder;
  const modelGroups = holder.modelGroups as string[] | null;
  return { kind: "team", requestId, keyId, teamId, organizationId, suspended, rotation, modelGroups, limits };
}

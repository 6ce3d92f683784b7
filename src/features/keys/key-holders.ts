import { LRUCache } from "lru-cache";
import type { CallLimit } from "../../auth/call-limits.js";
import { ANONYMOUS, type Viewer } from "../../auth/viewer.js";
import type { ValuesOf } from "../../db/column-type.js";
import type { Sql } from "../../db/statement.js";
import type { Clock } from "../../lib/clock.js";
import { callLimitsOf } from "../limits/limit-settings.js";
import { findHolder, noteUses } from "./key-holders.sql.js";
import { hashSecret, isSecret } from "./secret.js";

/** A revocation or suspension by another process takes effect here within this time; by this process, at once. */
const CACHE_MS = 500;
const CACHE_MAX = 10_000;
const LAST_USED_PRECISION_MS = 60_000;

/** What is known of a secret: whose it is, until when, and what its calls are limited to at present. */
interface Holder extends Omit<ValuesOf<typeof findHolder.row>, "teamLimits" | "keyLimits" | "defaultKeyLimits"> {
  readonly limits: readonly CallLimit[];
}

/** Finds out who holds a secret. This is all that a request needs of the keys. */
export class KeyHolders {
  private readonly holders = new LRUCache<string, Holder>({ max: CACHE_MAX, ttl: CACHE_MS });
  /** The ids of keys whose use is to be noted. */
  private readonly used = new Set<string>();

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** The viewer who holds this secret; anonymous if it is unknown, expired or revoked. */
  async viewerOf(secret: string): Promise<Viewer> {
    if (!isSecret(secret)) return ANONYMOUS;
    const hash = hashSecret(secret);
    const holder = this.holders.get(cacheKey(hash)) ?? (await this.lookUp(hash));
    if (!holder || (holder.expiresAt && holder.expiresAt <= this.clock.now())) return ANONYMOUS;
    const { keyId, teamId, organizationId, isSuspended, limits } = holder;
    return { kind: "team", keyId, teamId, organizationId, isSuspended, limits };
  }

  /** Makes this process ask the database again for a team's keys: to be called when the team's access has changed. */
  forgetTeam(teamId: string): void {
    for (const [key, holder] of this.holders.entries()) if (holder.teamId === teamId) this.holders.delete(key);
  }

  private async lookUp(secretHash: Uint8Array<ArrayBuffer>): Promise<Holder | undefined> {
    const [row] = await this.sql.run(findHolder, { secretHash, precisionMs: LAST_USED_PRECISION_MS });
    if (!row) return undefined;
    const { teamLimits, keyLimits, defaultKeyLimits, ...others } = row;
    const limits = callLimitsOf(row, this.clock.now());
    const holder: Holder = { ...others, limits };
    this.holders.set(cacheKey(secretHash), holder);
    // No request waits for this, or fails because of it: a task writes it. Keys beyond the limit are noted at a later use.
    if (holder.isUseToNote && this.used.size < CACHE_MAX) this.used.add(holder.keyId);
    return holder;
  }

  /**
   * Writes down which keys have been used, at most `batchMax` of them, and returns how many. If that fails, they are noted
   * when they are used again.
   */
  async noteUses(batchMax: number): Promise<number> {
    const keyIds = [...this.used].slice(0, batchMax);
    for (const keyId of keyIds) this.used.delete(keyId);
    if (keyIds.length > 0) await this.sql.run(noteUses, { keyIds, precisionMs: LAST_USED_PRECISION_MS });
    return keyIds.length;
  }
}

const cacheKey = (hash: Uint8Array): string => Buffer.from(hash).toString("base64");

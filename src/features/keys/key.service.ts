import { LRUCache } from "lru-cache";
import { authorize } from "../../auth/policy.js";
import { ANONYMOUS, type Viewer } from "../../auth/viewer.js";
import type { Db, Tx } from "../../db/database.js";
import { isForeignKeyViolation } from "../../db/failure.js";
import { queryRows } from "../../db/rows.js";
import { Prisma, type VirtualKey as Row } from "../../generated/prisma/client.js";
import { invalid, isId, validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError, notFound } from "../../lib/errors.js";
import { isUuid, newId } from "../../lib/ids.js";
import type { CreateVirtualKeyInput } from "./key.input.js";
import { VirtualKeyStatus } from "./key.type.js";
import { hashSecret, isSecret, mintSecret } from "./secret.js";

export type { Row as VirtualKeyRow };

/** A revocation or suspension by another process takes effect here within this time; by this process, at once. */
const VIEWER_CACHE_MS = 500;
const VIEWER_CACHE_MAX = 10_000;
const LAST_USED_PRECISION_MS = 60_000;
const KEYS_OF_TEAM_MAX = 100;

/** What is known of a secret: whose it is, and until when. */
interface Holder {
  readonly keyId: string;
  readonly teamId: string;
  readonly organizationId: string;
  readonly isSuspended: boolean;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export class KeyService {
  private readonly holders = new LRUCache<string, Holder>({ max: VIEWER_CACHE_MAX, ttl: VIEWER_CACHE_MS });

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** Adds a key to a team and returns its secret in clear, this once. A team has at most 100 keys that are not revoked. */
  async create(viewer: Viewer, input: CreateVirtualKeyInput): Promise<{ virtualKey: string; key: Row }> {
    authorize(viewer, "key.create");
    const { teamId, name, expiresAt } = validate(input);
    if (!isId(teamId)) throw notFound("team", teamId);
    if (expiresAt && expiresAt <= this.clock.now())
      throw invalid("input.expiresAt", "must be in the future", expiresAt);
    const keys = await this.db.virtualKey.count({ where: { teamId, revokedAt: null } });
    if (keys >= KEYS_OF_TEAM_MAX)
      throw new DomainError(
        "INVALID_STATE",
        `The team has ${keys} keys, which is the most it may have. Revoke one first.`,
      );
    try {
      return await this.mint(this.db, { teamId, name: name ?? null, expiresAt: expiresAt ?? null });
    } catch (error) {
      if (isForeignKeyViolation(error)) throw notFound("team", teamId);
      throw error;
    }
  }

  /** Writes a new key; a part of creating a team. */
  async mint(
    tx: Db | Tx,
    key: { teamId: string; name: string | null; expiresAt: Date | null },
  ): Promise<{ virtualKey: string; key: Row }> {
    const { clear, prefix, hash } = mintSecret();
    const data = { ...key, id: newId(), prefix, secretHash: hash, createdAt: this.clock.now() };
    return { virtualKey: clear, key: await tx.virtualKey.create({ data }) };
  }

  /** From now on the key is refused. Revoking it again changes nothing. */
  async revoke(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "key.revoke");
    if (!isUuid(id)) throw notFound("virtual key", id);
    await this.db.virtualKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: this.clock.now() } });
    const key = await this.db.virtualKey.findUnique({ where: { id } });
    if (!key) throw notFound("virtual key", id);
    this.forgetTeam(key.teamId);
    return key;
  }

  /** The viewer who holds this secret; anonymous where it is unknown, expired or revoked. */
  async findViewer(secret: string): Promise<Viewer> {
    if (!isSecret(secret)) return ANONYMOUS;
    const hash = hashSecret(secret);
    const holder = this.holders.get(cacheKey(hash)) ?? (await this.lookUp(hash));
    if (!holder || (holder.expiresAt && holder.expiresAt <= this.clock.now())) return ANONYMOUS;
    const { keyId, teamId, organizationId, isSuspended } = holder;
    return { kind: "team", keyId, teamId, organizationId, isSuspended };
  }

  /** Makes this process ask the database again for a team's keys: to be called when the team's access has changed. */
  forgetTeam(teamId: string): void {
    for (const [key, holder] of this.holders.entries()) if (holder.teamId === teamId) this.holders.delete(key);
  }

  status(key: Row): VirtualKeyStatus {
    if (key.revokedAt) return VirtualKeyStatus.REVOKED;
    return key.expiresAt && key.expiresAt <= this.clock.now() ? VirtualKeyStatus.EXPIRED : VirtualKeyStatus.ACTIVE;
  }

  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.db.virtualKey.findMany({ where: { id: { in: [...ids] } } });
  }

  /** For loaders: the keys of teams in the viewer's reach, oldest first, revoked ones after the others. */
  byTeams(teamIds: readonly string[]): Promise<Row[]> {
    return queryRows(
      this.db,
      Prisma.sql`SELECT key.* FROM unnest(${teamIds}::text[]) AS team(id) CROSS JOIN LATERAL (
        SELECT * FROM virtual_keys WHERE team_id = team.id ORDER BY revoked_at IS NOT NULL, created_at, id LIMIT ${KEYS_OF_TEAM_MAX}
      ) AS key`,
    );
  }

  private async lookUp(hash: Uint8Array<ArrayBuffer>): Promise<Holder | undefined> {
    const [holder] = await queryRows<Holder>(
      this.db,
      Prisma.sql`SELECT virtual_keys.id AS key_id, team_id, organization_id, expires_at, last_used_at,
          teams.status = 'SUSPENDED' OR organizations.status = 'SUSPENDED' AS is_suspended
        FROM virtual_keys JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
        WHERE secret_hash = ${hash} AND revoked_at IS NULL`,
    );
    if (!holder) return undefined;
    this.holders.set(cacheKey(hash), holder);
    const now = this.clock.now();
    if (!holder.lastUsedAt || now.getTime() - holder.lastUsedAt.getTime() > LAST_USED_PRECISION_MS) {
      await this.db.virtualKey.updateMany({ where: { id: holder.keyId }, data: { lastUsedAt: now } });
    }
    return holder;
  }
}

const cacheKey = (hash: Uint8Array): string => Buffer.from(hash).toString("base64");

import { authorize } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Db, Tx } from "../../db/client.js";
import { isForeignKeyViolation } from "../../db/failure.js";
import type { Sql } from "../../db/statement.js";
import type { VirtualKey as Row } from "../../generated/prisma/client.js";
import { isId } from "../../input/rules.js";
import { invalid, validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError, notFound } from "../../lib/errors.js";
import { isUuid, newId } from "../../lib/ids.js";
import type { JsonObject } from "../../lib/json/json.js";
import type { CallLimits } from "../limits/call-limits.js";
import type { LimitSettings } from "../limits/limit-settings.js";
import type { AccessChanges } from "./access-changes.js";
import type { CreateVirtualKeyInput, UpdateVirtualKeyInput } from "./key.input.js";
import { changeKeyLimits, keysOfTeams, resetKeyRefusals } from "./key.sql.js";
import { VirtualKeyStatus } from "./key.type.js";
import { mintSecret } from "./secret.js";

export type { Row as VirtualKeyRow };

const KEYS_OF_TEAM_MAX = 100;

export class KeyService {
  constructor(
    private readonly db: Db,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly accessChanges: AccessChanges,
    private readonly limitSettings: LimitSettings,
    private readonly callLimits: CallLimits,
  ) {}

  /** Adds a key to a team and returns its secret in clear, only this once. A team has at most 100 keys that are not revoked. */
  async create(viewer: Viewer, input: CreateVirtualKeyInput): Promise<{ virtualKey: string; key: Row }> {
    authorize(viewer, "key.create");
    const { teamId, name, expiresAt, limits } = validate(input);
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
      const own = this.limitSettings.of(limits, "input.limits");
      return await this.mint(this.db, { teamId, name: name ?? null, expiresAt: expiresAt ?? null, limits: own });
    } catch (error) {
      if (isForeignKeyViolation(error)) throw notFound("team", teamId);
      throw error;
    }
  }

  /** Writes a new key. Creating a team does so too. */
  async mint(
    tx: Db | Tx,
    key: { teamId: string; name: string | null; expiresAt: Date | null; limits?: JsonObject },
  ): Promise<{ virtualKey: string; key: Row }> {
    const { clear, prefix, hash } = mintSecret();
    const data = { ...key, id: newId(), prefix, secretHash: hash, createdAt: this.clock.now() };
    return { virtualKey: clear, key: await tx.virtualKey.create({ data }) };
  }

  /** Revokes a key: from now on it is refused. Revoking it again changes nothing. */
  async revoke(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "key.revoke");
    if (!isUuid(id)) throw notFound("virtual key", id);
    await this.db.virtualKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: this.clock.now() } });
    const key = await this.db.virtualKey.findUnique({ where: { id } });
    if (!key) throw notFound("virtual key", id);
    this.accessChanges.made(key.teamId);
    return key;
  }

  /** Changes what is given of a key, and nothing else, for calls that are admitted from then on. */
  async update(viewer: Viewer, input: UpdateVirtualKeyInput): Promise<Row> {
    authorize(viewer, "key.update");
    const { id, limits } = validate(input);
    const change = this.limitSettings.changeOf(limits, "input.limits");
    const [key] = isUuid(id) ? await this.sql.run(changeKeyLimits, { id, change }) : [];
    if (!key) throw notFound("virtual key", id);
    this.accessChanges.made(key.teamId);
    return key;
  }

  /** Empties the counters of a key's limits. The limits stay. */
  async resetCounters(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "key.update");
    const [key] = isUuid(id) ? await this.sql.run(resetKeyRefusals, { id }) : [];
    if (!key) throw notFound("virtual key", id);
    await this.callLimits.reset("KEY", key.id);
    return key;
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
    return this.sql.run(keysOfTeams, { teamIds, ofEachMax: KEYS_OF_TEAM_MAX });
  }
}

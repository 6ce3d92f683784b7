import { authorize, reachOf } from "../../auth/policy.js";
import { reachesTeam } from "../../auth/reach.js";
import type { KnownViewer, Viewer } from "../../auth/viewer.js";
import type { Db, Tx } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction } from "../../db/transaction.js";
import type { VirtualKey as Row } from "../../generated/prisma/client.js";
import { validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { notFound } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import type { JsonObject } from "../../lib/json/json.js";
import type { CallLimits } from "../limits/call-limits.js";
import type { LimitSettings } from "../limits/limit-settings.js";
import type { TeamReach } from "../organizations/team-reach.js";
import type { AccessChanges } from "./access-changes.js";
import type { CreateVirtualKeyInput, UpdateVirtualKeyInput } from "./key.input.js";
import { changeKeyLimits, keysOfTeams, lockTeamOfKeys, resetKeyRefusals } from "./key.sql.js";
import type { VirtualKeyStatus } from "./key.type.js";
import { KEYS_OF_HOLDER_MAX, makeKey, type NewKey, requireFuture, requireRoom, statusOfKey } from "./key-rules.js";

export type { Row as VirtualKeyRow };

export interface KeyServiceDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly teamReach: TeamReach;
  readonly accessChanges: AccessChanges;
  readonly limitSettings: LimitSettings;
  readonly callLimits: CallLimits;
}

export class KeyService {
  constructor(private readonly deps: KeyServiceDeps) {}

  /** Adds a key to a team and returns its secret in clear, only this once. A team has at most 100 keys that are not revoked. */
  async create(viewer: Viewer, input: CreateVirtualKeyInput): Promise<{ virtualKey: string; key: Row }> {
    authorize(viewer, "key.create");
    const { teamId, name, expiresAt, limits } = validate(input);
    await this.deps.teamReach.require(viewer, teamId);
    requireFuture(expiresAt, this.deps.clock.now());
    const own = this.deps.limitSettings.of(limits, "input.limits");
    return inTransaction(this.deps.db, async ({ tx, sql }) => {
      const [team] = await sql.run(lockTeamOfKeys, { teamId });
      if (!team) throw notFound("team", teamId);
      requireRoom("team", await tx.virtualKey.count({ where: { teamId, revokedAt: null } }));
      return this.mint(tx, { teamId, name: name ?? null, expiresAt: expiresAt ?? null, limits: own });
    });
  }

  /** Writes a new key. Creating a team does so too. */
  async mint(
    tx: Db | Tx,
    { teamId, limits, ...key }: NewKey & { teamId: string; limits?: JsonObject },
  ): Promise<{ virtualKey: string; key: Row }> {
    const { clear, columns } = makeKey("team", key, this.deps.clock.now());
    return {
      virtualKey: clear,
      key: await tx.virtualKey.create({ data: { ...columns, teamId, ...(limits && { limits }) } }),
    };
  }

  /** Revokes a key: from now on it is refused. Revoking it again changes nothing. */
  async revoke(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "key.revoke");
    const { db, clock, accessChanges } = this.deps;
    const { teamId } = await this.reached(viewer, id);
    await db.virtualKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: clock.now() } });
    accessChanges.made(teamId);
    return db.virtualKey.findUniqueOrThrow({ where: { id } });
  }

  /** Changes what is given of a key, and nothing else, for calls that are admitted from then on. */
  async update(viewer: Viewer, input: UpdateVirtualKeyInput): Promise<Row> {
    authorize(viewer, "key.update");
    const { sql, accessChanges, limitSettings } = this.deps;
    const { id, limits } = validate(input);
    const change = limitSettings.changeOf(limits, "input.limits");
    await this.reached(viewer, id);
    const [key] = await sql.run(changeKeyLimits, { id, change });
    if (!key) throw notFound("virtual key", id);
    accessChanges.made(key.teamId);
    return key;
  }

  /** Empties the counters of a key's limits. The limits stay. */
  async resetCounters(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "key.update");
    await this.reached(viewer, id);
    const [key] = await this.deps.sql.run(resetKeyRefusals, { id });
    if (!key) throw notFound("virtual key", id);
    await this.deps.callLimits.reset("KEY", key.id);
    return key;
  }

  private async reached(viewer: KnownViewer, id: string): Promise<Row> {
    const found = isUuid(id)
      ? await this.deps.db.virtualKey.findUnique({ where: { id }, include: { team: true } })
      : null;
    if (!found || !reachesTeam(reachOf(viewer), { ...found.team, teamId: found.teamId }))
      throw notFound("virtual key", id);
    return found;
  }

  status(key: Row): VirtualKeyStatus {
    return statusOfKey(key, this.deps.clock.now());
  }

  /** For loaders: the rows of keys that were reached through something that the viewer may see. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.deps.db.virtualKey.findMany({ where: { id: { in: [...ids] } } });
  }

  /** For loaders: the keys of teams in the viewer's reach, oldest first, revoked ones after the others. */
  byTeams(teamIds: readonly string[]): Promise<Row[]> {
    return this.deps.sql.run(keysOfTeams, { teamIds, ofEachMax: KEYS_OF_HOLDER_MAX });
  }
}

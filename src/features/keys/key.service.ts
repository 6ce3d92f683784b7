import { authorize, reachOf } from "../../auth/policy.js";
import { reachesTeam } from "../../auth/reach.js";
import type { KnownViewer, Viewer } from "../../auth/viewer.js";
import type { Db, Tx } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import type { VirtualKey as Row, Team } from "../../generated/prisma/client.js";
import { requireGrace } from "../../input/grace.js";
import { invalid, validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError, notFound } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import type { JsonObject } from "../../lib/json/json.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import type { CallLimits } from "../limits/call-limits.js";
import type { LimitSettings } from "../limits/limit-settings.js";
import { keepTeam } from "../organizations/kept-account.js";
import { lockTeam } from "../organizations/kept-account.sql.js";
import type { TeamReach } from "../organizations/team-reach.js";
import type { AccessChanges } from "./access-changes.js";
import { changedAllowance, shownAllowance } from "./allowance/allowance-columns.js";
import type { JobAllowance } from "./allowance/job-allowance.type.js";
import type { CreateVirtualKeyInput, UpdateVirtualKeyInput } from "./key.input.js";
import { changeKey, groupNamesOfTeam, resetKeyRefusals, rotateKey } from "./key.sql.js";
import type { VirtualKeyStatus } from "./key.type.js";
import { makeKey, type NewKey, requireFuture, requireRoom, statusOfKey } from "./key-rules.js";
import { mintSecret } from "./secret.js";
import { ofVirtualKey, shownCounts, shownKey } from "./shown-key.js";

export type { Row as VirtualKeyRow };

export interface KeyServiceDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly teamReach: TeamReach;
  readonly accessChanges: AccessChanges;
  readonly limitSettings: LimitSettings;
  readonly callLimits: CallLimits;
  readonly trail: AuditTrail;
}

/** A key with its secret in clear, which is shown only this once. */
interface ShownKey {
  readonly virtualKey: string;
  readonly key: Row;
}

export class KeyService {
  constructor(private readonly deps: KeyServiceDeps) {}

  /**
   * Adds a key to a team. A team has at most 100 keys that are not revoked. Throws INVALID_STATE if the team is deleted, and
   * INVALID_INPUT for a model group that the team has not.
   */
  async create(viewer: Viewer, input: CreateVirtualKeyInput): Promise<ShownKey> {
    authorize(viewer, "key.create");
    const { teamId, name, expiresAt, limits, modelGroups, jobAllowance } = validate(input);
    await this.deps.teamReach.require(viewer, teamId);
    requireFuture(expiresAt, this.deps.clock.now());
    const own = this.deps.limitSettings.of(limits, "input.limits");
    return inTransaction(this.deps.db, async (transaction) => {
      const { organizationId } = await keepTeam(transaction, teamId);
      requireRoom("team", await transaction.tx.virtualKey.count({ where: { teamId, revokedAt: null } }));
      if (modelGroups) await requireGroups(transaction, teamId, modelGroups);
      const key = { teamId, name: name ?? null, expiresAt: expiresAt ?? null, limits: own, modelGroups, jobAllowance };
      const minted = await this.mint(transaction.tx, key);
      const act = { ...ofVirtualKey("createVirtualKey", minted.key.id, organizationId), before: null };
      await this.deps.trail.record(transaction, viewer, { ...act, after: shownKey(minted.key) });
      return minted;
    });
  }

  /** Writes a new key. Creating a team does so too. */
  async mint(
    tx: Db | Tx,
    {
      teamId,
      limits,
      modelGroups,
      jobAllowance,
      ...key
    }: NewKey & { teamId: string; limits?: JsonObject } & Pick<CreateVirtualKeyInput, "modelGroups" | "jobAllowance">,
  ): Promise<ShownKey> {
    const now = this.deps.clock.now();
    const { clear, columns } = makeKey("team", key, now);
    const allowance = changedAllowance(null, jobAllowance, now);
    const data = { ...columns, teamId, ...allowance, ...(limits && { limits }), ...(modelGroups && { modelGroups }) };
    return { virtualKey: clear, key: await tx.virtualKey.create({ data }) };
  }

  /** Revokes a key: from now on it is refused. Revoking it again changes nothing. */
  async revoke(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "key.revoke");
    const { db, clock, accessChanges, trail } = this.deps;
    const { teamId, team } = await this.reached(viewer, id);
    const key = await inTransaction(db, async (transaction) => {
      // Whoever changes the key holds the team's lock, and must not take this change for theirs.
      await transaction.sql.run(lockTeam, { teamId });
      const { virtualKey } = transaction.tx;
      const revokedAt = clock.now();
      const { count } = await virtualKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } });
      const now = await virtualKey.findUniqueOrThrow({ where: { id } });
      const change = { before: { revokedAt: null }, after: { revokedAt } };
      const act = { ...ofVirtualKey("revokeVirtualKey", now.id, team.organizationId), ...change };
      if (count > 0) await trail.record(transaction, viewer, act);
      return now;
    });
    accessChanges.made(teamId);
    return key;
  }

  /** Changes what is given of a key, and nothing else, for calls that are admitted from then on. */
  async update(viewer: Viewer, input: UpdateVirtualKeyInput): Promise<Row> {
    authorize(viewer, "key.update");
    const { db, clock, accessChanges, limitSettings, trail } = this.deps;
    const { id, name, expiresAt, modelGroups, jobAllowance } = validate(input);
    const limits = limitSettings.changeOf(input.limits, "input.limits");
    requireFuture(expiresAt, clock.now());
    const { teamId } = await this.reached(viewer, id);
    const given = GIVEN.filter((field) => input[field] !== undefined);
    const names = { newName: name ?? null, expiresAt: expiresAt ?? null, modelGroups: modelGroups ?? null };
    const key = await inTransaction(db, async (transaction) => {
      const { organizationId } = await keepTeam(transaction, teamId);
      if (modelGroups) await requireGroups(transaction, teamId, modelGroups);
      // The team is locked, so nobody else changes the key meanwhile.
      const present = await transaction.tx.virtualKey.findUniqueOrThrow({ where: { id } });
      const allowance = changedAllowance(present, jobAllowance, clock.now());
      const [changed] = await transaction.sql.run(changeKey, { id, limits, given, ...names, ...allowance });
      if (!changed) throw notFound("virtual key", id);
      const act = ofVirtualKey("updateVirtualKey", present.id, organizationId);
      await trail.recordChange(transaction, viewer, { ...act, before: shownKey(present), after: shownKey(changed) });
      return changed;
    });
    accessChanges.made(teamId);
    return key;
  }

  /**
   * Gives a key a new secret, and returns it. The present one is accepted for `graceSeconds` more, and the one before it no
   * more: at most two secrets of a key are accepted. Each repetition makes another secret. A team's key gets it only for
   * itself, and only with its newest secret, so that whoever has found an old one cannot keep the key.
   */
  async rotate(viewer: Viewer, id: string, graceSeconds: number): Promise<ShownKey> {
    authorize(viewer, "key.rotate");
    requireGrace(graceSeconds);
    const { teamId, team } = await this.reached(viewer, id);
    if (viewer.kind === "team" && viewer.keyId !== id.toLowerCase())
      throw forbidden("A team's key gives a new secret to itself, and to no other key.");
    const ofRotation = viewer.kind === "team" ? viewer.rotation : null;
    const { clear, prefix, hash } = mintSecret("team");
    const key = await inTransaction(this.deps.db, async (transaction) => {
      await keepTeam(transaction, teamId);
      const present = await transaction.tx.virtualKey.findUniqueOrThrow({ where: { id } });
      const rotation = { id, secretHash: hash, prefix, graceSeconds, ofRotation };
      const [rotated] = await transaction.sql.run(rotateKey, rotation);
      if (!rotated) return null;
      const change = { before: { prefix: present.prefix }, after: { prefix, graceSeconds } };
      const act = ofVirtualKey("rotateVirtualKey", rotated.id, team.organizationId);
      await this.deps.trail.record(transaction, viewer, { ...act, ...change });
      return rotated;
    });
    if (!key) throw await this.refusalOfRotation(id);
    this.deps.accessChanges.made(teamId);
    return { virtualKey: clear, key };
  }

  private async refusalOfRotation(id: string): Promise<DomainError> {
    const status = this.status(await this.deps.db.virtualKey.findUniqueOrThrow({ where: { id } }));
    if (status === "ACTIVE") return forbidden("Only the newest secret of a key gets it another one.");
    return new DomainError("INVALID_STATE", `The key is ${status}, and gets no new secret.`, { status });
  }

  /** Empties the counters of a key's limits. The limits stay. Throws INVALID_STATE if the team is deleted. */
  async resetCounters(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "key.update");
    const { teamId } = await this.reached(viewer, id);
    const key = await inTransaction(this.deps.db, async (transaction) => {
      const { organizationId } = await keepTeam(transaction, teamId);
      const before = shownCounts(await transaction.tx.virtualKey.findUniqueOrThrow({ where: { id } }));
      const [reset] = await transaction.sql.run(resetKeyRefusals, { id });
      if (!reset) throw notFound("virtual key", id);
      const act = ofVirtualKey("resetVirtualKeyCounters", reset.id, organizationId);
      await this.deps.trail.record(transaction, viewer, { ...act, before, after: shownCounts(reset) });
      return reset;
    });
    await this.deps.callLimits.reset("KEY", key.id, "JOB_ALLOWANCE");
    return key;
  }

  private async reached(viewer: KnownViewer, id: string): Promise<Row & { readonly team: Team }> {
    const found = isUuid(id)
      ? await this.deps.db.virtualKey.findUnique({ where: { id }, include: { team: true } })
      : null;
    if (!found) throw notFound("virtual key", id);
    const { organizationId, status } = found.team;
    if (!reachesTeam(reachOf(viewer), { teamId: found.teamId, organizationId, teamStatus: status }))
      throw notFound("virtual key", id);
    return found;
  }

  /** How many jobs may be opened with a key. Null if that is not limited. */
  allowance(key: Row): JobAllowance | null {
    return shownAllowance(key, this.deps.clock.now());
  }

  status(key: Row): VirtualKeyStatus {
    return statusOfKey(key, this.deps.clock.now());
  }
}

/** Fields that a change of a key can set to null. */
const GIVEN = [
  "name",
  "expiresAt",
  "modelGroups",
  "jobAllowance",
] as const satisfies readonly (keyof UpdateVirtualKeyInput)[];

const forbidden = (message: string): DomainError => new DomainError("FORBIDDEN", message, { action: "key.rotate" });

/** Throws INVALID_INPUT, which names the first group that the team has not. The team must be locked. */
async function requireGroups({ sql }: Transaction, teamId: string, names: readonly string[]): Promise<void> {
  const known = (await sql.run(groupNamesOfTeam, { teamId })).map(({ name }) => name);
  const index = names.findIndex((name) => !known.includes(name));
  if (index < 0) return;
  const choice = known.length === 0 ? "which has none" : `which are ${known.join(", ")}`;
  throw invalid(`input.modelGroups[${index}]`, `must be one of the team's model groups, ${choice}`, names[index]);
}

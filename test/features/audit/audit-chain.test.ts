import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.js";
import { adminOf } from "../../../src/auth/viewer.js";
import { readConfig } from "../../../src/config/config.js";
import { type GatewayOptions, useGateway } from "../../kit/gateway/gateway.js";

const CHECK =
  "query ($after: SafeInt) { auditCheck(after: $after) { isSound isComplete checkedLines lastSequence lastHash fault { sequence kind } } }";
const KEY = "k".repeat(32);
const FORMER = "f".repeat(32);

/** A gateway, and an audit of some lines in which a superuser can do what the database refuses to everybody else. */
function useAudit(options: GatewayOptions = {}) {
  const gateway = useGateway(options);
  const run = (sql: string) => gateway.database.db.$executeRawUnsafe(sql);
  const check = async (after?: number) => (await gateway.admin.data(CHECK, { after })).auditCheck;
  const last = async () => Number((await check()).lastSequence);
  /** Foreign keys and triggers hold nobody up who may turn them off. */
  const asSuperuser = async (sql: string) => {
    await gateway.database.db.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      await tx.$executeRawUnsafe(sql);
    });
  };
  return { gateway, run, check, last, asSuperuser };
}

describe("the chain of the audit", () => {
  const { gateway, run, check, last, asSuperuser } = useAudit();
  beforeEach(async () => {
    await asSuperuser("DELETE FROM audit_entries");
    await asSuperuser("UPDATE audit_head SET last_sequence = NULL, last_hash = repeat('0', 64), seal = ''");
    for (let lines = 0; lines < 5; lines++) await gateway.world.organization();
  });

  it("is sound when nobody has touched it, also from a line on and when it is empty", async () => {
    const head = await gateway.database.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: "desc" } });
    const sound = {
      isSound: true,
      isComplete: true,
      checkedLines: 5,
      lastSequence: 5,
      lastHash: head.hash,
      fault: null,
    };
    expect(await check()).toEqual(sound);
    expect(await check(3)).toEqual({ ...sound, checkedLines: 2 });
    expect(await check(5)).toEqual({ ...sound, checkedLines: 0 });
    const refusal = await gateway.admin.refusal("INVALID_INPUT", CHECK, { after: 6 });
    expect(refusal.message).toBe("after must be 0 or the sequence of a line, at most 5, got 6.");
    await gateway.admin.refusal("INVALID_INPUT", CHECK, { after: -1 });
    await asSuperuser("DELETE FROM audit_entries");
    await asSuperuser("UPDATE audit_head SET last_sequence = NULL, last_hash = repeat('0', 64), seal = ''");
    expect(await check()).toMatchObject({ isSound: true, lastSequence: 0, lastHash: "0".repeat(64) });
  });

  it("is refused to be changed, shortened or emptied by the database, and so is its head to go back", async () => {
    const refused = (sql: string, message: string) => expect(run(sql)).rejects.toThrow(message);
    await refused("UPDATE audit_entries SET actor = 'nobody'", "audit_entries is append-only");
    await refused("DELETE FROM audit_entries WHERE sequence = 5", "audit_entries is append-only");
    await refused("TRUNCATE audit_entries CASCADE", "append-only");
    await refused("UPDATE audit_head SET last_sequence = 4", "audit_head goes on by one line at a time");
    await refused("DELETE FROM audit_head", "audit_head goes on by one line at a time");
    await refused("TRUNCATE audit_head", "audit_head goes on by one line at a time");
    expect(await check()).toMatchObject({ isSound: true, lastSequence: 5 });
  });

  it("cannot fork or have a gap: the database takes only a line that goes on from the last one", async () => {
    const insert = (sequence: number, previous: number | null, hash: string) =>
      run(`INSERT INTO audit_entries (id, sequence, created_at, actor, request_id, operation, subject_type, subject_id, previous_sequence, previous_hash, hash)
        VALUES (gen_random_uuid(), ${sequence}, now(), 'admin', 'r', 'x', 'Team', 't', ${previous}, '${hash}', repeat('a', 64))`);
    const [third, fifth] = await Promise.all(
      [3n, 5n].map((sequence) => gateway.database.db.auditEntry.findUniqueOrThrow({ where: { sequence } })),
    );
    await expect(insert(4, 3, third?.hash ?? "")).rejects.toThrow("audit_entries_sequence_key");
    await expect(insert(7, 6, fifth?.hash ?? "")).rejects.toThrow("audit_entries_previous_fkey");
    await expect(insert(6, 5, third?.hash ?? "")).rejects.toThrow("audit_entries_previous_fkey");
    await expect(insert(7, 5, fifth?.hash ?? "")).rejects.toThrow("audit_entries_chain_check");
    await expect(insert(1, null, fifth?.hash ?? "")).rejects.toThrow("audit_entries_first_check");
  });

  const tampered: [what: string, sql: string, sequence: number, kind: string][] = [
    ["a line in its middle was taken out", "DELETE FROM audit_entries WHERE sequence = 3", 3, "MISSING"],
    ["its first line was taken out", "DELETE FROM audit_entries WHERE sequence = 1", 1, "MISSING"],
    ["its newest line was taken out", "DELETE FROM audit_entries WHERE sequence = 5", 5, "MISSING"],
    ["all lines were taken out", "DELETE FROM audit_entries", 1, "MISSING"],
    [
      "somebody else is said to have done it",
      "UPDATE audit_entries SET actor = 'key:1' WHERE sequence = 2",
      2,
      "CHANGED",
    ],
    [
      "something else is said to be changed",
      `UPDATE audit_entries SET after = '{"name":"x"}' WHERE sequence = 2`,
      2,
      "CHANGED",
    ],
    [
      "a line was dated back",
      "UPDATE audit_entries SET created_at = created_at - interval '1 ms' WHERE sequence = 4",
      4,
      "CHANGED",
    ],
    [
      "a line is hidden from its organization",
      "UPDATE audit_entries SET organization_id = NULL WHERE sequence = 4",
      4,
      "CHANGED",
    ],
    [
      "the hash of a line was changed",
      "UPDATE audit_entries SET hash = repeat('a', 64) WHERE sequence = 4",
      4,
      "CHANGED",
    ],
    [
      "a line says that it was made with a key",
      "UPDATE audit_entries SET key_fingerprint = '0123' WHERE sequence = 4",
      4,
      "UNKNOWN_KEY",
    ],
    [
      "the head was set back, and no line taken out",
      "UPDATE audit_head SET last_sequence = 4, last_hash = (SELECT hash FROM audit_entries WHERE sequence = 4)",
      5,
      "END",
    ],
    ["the seal of the head was changed", "UPDATE audit_head SET seal = repeat('a', 64)", 6, "END"],
  ];
  it.each(tampered)("is found unsound if %s", async (_what, sql, sequence, kind) => {
    await asSuperuser(sql);
    expect(await check()).toMatchObject({ isSound: false, isComplete: true, fault: { sequence, kind } });
  });

  it("is found unsound if the newest line was taken out and the head was set to the line before", async () => {
    await asSuperuser("DELETE FROM audit_entries WHERE sequence = 5");
    await asSuperuser(
      "UPDATE audit_head SET last_sequence = 4, last_hash = (SELECT hash FROM audit_entries WHERE sequence = 4)",
    );
    expect(await check()).toMatchObject({ isSound: false, fault: { sequence: 5, kind: "END" } });
  });

  it("stays unsound after the next act if its newest lines were taken out and the head was set back", async () => {
    await asSuperuser("DELETE FROM audit_entries WHERE sequence > 3");
    await asSuperuser(
      "UPDATE audit_head SET last_sequence = 3, last_hash = (SELECT hash FROM audit_entries WHERE sequence = 3)",
    );
    for (const lastSequence of [4, 5]) {
      await gateway.world.organization();
      expect(await check()).toMatchObject({
        isSound: false,
        lastSequence,
        fault: { sequence: lastSequence + 1, kind: "END" },
      });
    }
  });

  it("is found unsound if a line was written anew with a hash that fits", async () => {
    const [second] = await gateway.database.db.auditEntry.findMany({ where: { sequence: 2n } });
    if (!second) throw new Error("The line is missing.");
    const { AuditKeys } = await import("../../../src/features/audit/audit-keys.js");
    const hash = new AuditKeys([]).hashOf({ ...second, actor: "key:1" });
    await asSuperuser(`UPDATE audit_entries SET actor = 'key:1', hash = '${hash}' WHERE sequence = 2`);
    expect(await check()).toMatchObject({ isSound: false, fault: { sequence: 3, kind: "DETACHED" } });
  });

  it("goes on while it is checked: what is written meanwhile is no fault", async () => {
    const acts = Promise.all(Array.from({ length: 10 }, () => gateway.world.organization()));
    for (let checks = 0; checks < 10; checks++) expect(await check()).toMatchObject({ isSound: true });
    await acts;
    expect(await last()).toBe(15);
  });
});

describe("the chain of the audit with AUDIT_KEY", () => {
  const { gateway, check } = useAudit({ env: { AUDIT_KEY: `${KEY},${FORMER}` } });

  /** Another process on the same database. */
  async function on(AUDIT_KEY: string) {
    const app = await createApp(readConfig({ LOG_LEVEL: "silent", DATA_DIR: "memory", AUDIT_KEY }), {
      database: gateway.database,
    });
    const act = async (id: string) =>
      void (await app.services.organizations.create(adminOf("test"), { id, name: "X" }));
    return { act, check: () => app.services.auditCheck.check(adminOf("test"), 0) };
  }

  it("is checked with the keys that its lines were made with, and nobody without them makes a line that fits", async () => {
    const [unkeyed, former] = [await on(""), await on(FORMER)];
    await unkeyed.act("unkeyed-1");
    expect(await check(), "lines before the first key are as good as without one").toMatchObject({ isSound: true });
    await former.act("former-2");
    await gateway.world.organization("present-3");
    expect(await check()).toMatchObject({ isSound: true, lastSequence: 3 });
    expect(await former.check()).toMatchObject({ isSound: false, fault: { sequence: 3, kind: "UNKNOWN_KEY" } });
    expect(await unkeyed.check()).toMatchObject({ isSound: false, fault: { sequence: 2, kind: "UNKNOWN_KEY" } });
    const fingerprints = (await gateway.database.db.auditEntry.findMany({ orderBy: { sequence: "asc" } })).map(
      ({ keyFingerprint }) => keyFingerprint,
    );
    expect(fingerprints).toEqual([
      null,
      expect.stringMatching(/^[0-9a-f]{16}$/),
      expect.stringMatching(/^[0-9a-f]{16}$/),
    ]);
    expect(new Set(fingerprints).size).toBe(3);
    await unkeyed.act("unkeyed-4");
    await unkeyed.act("unkeyed-5");
    expect(await check()).toMatchObject({
      isSound: false,
      isComplete: true,
      fault: { sequence: 4, kind: "NOT_KEYED" },
    });
    await gateway.world.organization("present-6");
    const message = "a line with a key does not vouch for those that were made without one since the last keyed line";
    expect(await check(), message).toMatchObject({ isSound: false, fault: { sequence: 4, kind: "NOT_KEYED" } });
    expect(await check(4), "whoever knows why goes on behind the line").toMatchObject({
      isSound: true,
      lastSequence: 6,
    });
  });
});

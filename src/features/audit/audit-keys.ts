import { createHash, createHmac } from "node:crypto";
import type { AuditEntry } from "../../generated/prisma/client.js";

/** What the first line goes on from. */
export const NO_HASH = "0".repeat(64);
const FINGERPRINT_LENGTH = 16;

/** All of a line that its hash is made of. */
export type Line = Omit<AuditEntry, "hash" | "previousSequence">;

/**
 * Makes the hashes of the audit: SHA-256, or HMAC-SHA256 with AUDIT_KEY. New lines are made with the first key. The others
 * are former keys, with which older lines are checked.
 */
export class AuditKeys {
  private readonly byFingerprint: ReadonlyMap<string, string>;
  /** Which key new lines are made with. Null if there is none. */
  readonly current: string | null;

  constructor(keys: readonly string[]) {
    const fingerprints = keys.map(fingerprintOf);
    this.byFingerprint = new Map(keys.map((key, index) => [fingerprints[index] ?? "", key]));
    this.current = fingerprints[0] ?? null;
  }

  /** The hash that a line must have. Null if it was made with a key that is not known here. */
  hashOf(line: Line): string | null {
    const { sequence, id, createdAt, actor, requestId, operation, subjectType, subjectId, organizationId } = line;
    const { before, after, keyFingerprint, previousHash } = line;
    const what = [String(sequence), id, createdAt.toISOString(), actor, requestId, operation, subjectType, subjectId];
    const rest = [organizationId, before, after, keyFingerprint, previousHash];
    return this.digest(["tollgate audit line 1", ...what, ...rest], keyFingerprint);
  }

  /** The seal of the head after this line. Whoever takes lines from the end has none for the line that is then the last. */
  sealOf({ sequence, keyFingerprint }: Line, hash: string): string | null {
    return this.digest(["tollgate audit head 1", String(sequence), hash, keyFingerprint], keyFingerprint);
  }

  /** JSON of a list of texts and nulls is the same for no two lists. */
  private digest(texts: readonly (string | null)[], fingerprint: string | null): string | null {
    const text = JSON.stringify(texts);
    if (fingerprint === null) return createHash("sha256").update(text).digest("hex");
    const key = this.byFingerprint.get(fingerprint);
    return key === undefined ? null : createHmac("sha256", key).update(text).digest("hex");
  }
}

/** Tells keys apart, and says nothing of a key that cannot be guessed. */
const fingerprintOf = (key: string): string =>
  createHmac("sha256", key).update("tollgate audit key").digest("hex").slice(0, FINGERPRINT_LENGTH);

import { invalid } from "../../input/validate.js";
import { DomainError } from "../../lib/errors.js";
import { newId } from "../../lib/ids.js";
import { VirtualKeyStatus } from "./key.type.js";
import { type HolderKind, mintSecret } from "./secret.js";

// What holds of the keys of teams and of organizations alike.

/** The most keys of one holder that are not revoked. */
export const KEYS_OF_HOLDER_MAX = 100;

export interface NewKey {
  readonly name: string | null;
  readonly expiresAt: Date | null;
}

/** Makes the columns of a new key, without its holder, and the secret in clear, which is stored nowhere. */
export function makeKey(kind: HolderKind, { name, expiresAt }: NewKey, createdAt: Date) {
  const { clear, prefix, hash } = mintSecret(kind);
  return { clear, columns: { id: newId(), name, prefix, secretHash: hash, createdAt, expiresAt } };
}

/** Throws INVALID_INPUT if a key would have expired already. */
export function requireFuture(expiresAt: Date | null | undefined, now: Date): void {
  if (expiresAt && expiresAt <= now) throw invalid("input.expiresAt", "must be in the future", expiresAt);
}

/** Throws INVALID_STATE if a holder has as many keys as it may have. */
export function requireRoom(kind: HolderKind, keys: number): void {
  if (keys < KEYS_OF_HOLDER_MAX) return;
  throw new DomainError(
    "INVALID_STATE",
    `The ${kind} has ${keys} keys, which is the most it may have. Revoke one first.`,
  );
}

/** Whether a key is accepted at this time. */
export function statusOfKey(
  { revokedAt, expiresAt }: { readonly revokedAt: Date | null; readonly expiresAt: Date | null },
  now: Date,
): VirtualKeyStatus {
  if (revokedAt) return VirtualKeyStatus.REVOKED;
  return expiresAt && expiresAt <= now ? VirtualKeyStatus.EXPIRED : VirtualKeyStatus.ACTIVE;
}

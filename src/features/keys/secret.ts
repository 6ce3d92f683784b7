import { hash, randomBytes } from "node:crypto";

const SECRET = /^sk-[0-9a-f]{64}$/;
const PREFIX_LENGTH = 11;

export interface Secret {
  /** "sk-" and 64 hex digits, which are 256 random bits. It is shown once and never stored. */
  readonly clear: string;
  /** "sk-" and 8 digits, by which people tell keys apart. */
  readonly prefix: string;
  readonly hash: Uint8Array<ArrayBuffer>;
}

export function mintSecret(): Secret {
  const clear = `sk-${randomBytes(32).toString("hex")}`;
  return { clear, prefix: clear.slice(0, PREFIX_LENGTH), hash: hashSecret(clear) };
}

/** SHA-256. A random secret of 256 bits needs no salt and no slow hash. */
export function hashSecret(clear: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash("sha256", clear, "buffer"));
}

export const isSecret = (text: string): boolean => SECRET.test(text);

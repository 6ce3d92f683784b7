import { hash, randomBytes } from "node:crypto";

/** Whose a secret is. It shows in how the secret begins. */
export type HolderKind = "team" | "organization";

const BEGINNINGS: Readonly<Record<HolderKind, string>> = { team: "sk-", organization: "sk-org-" };
const SECRET = /^sk-(org-)?[0-9a-f]{64}$/;
const DIGITS_SHOWN = 8;

export interface Secret {
  /** "sk-" or "sk-org-" and 64 hex digits, which are 256 random bits. It is shown once and never stored. */
  readonly clear: string;
  /** Its beginning with 8 of the digits, by which people tell keys apart. */
  readonly prefix: string;
  readonly hash: Uint8Array<ArrayBuffer>;
}

export function mintSecret(kind: HolderKind): Secret {
  const beginning = BEGINNINGS[kind];
  const clear = beginning + randomBytes(32).toString("hex");
  return { clear, prefix: clear.slice(0, beginning.length + DIGITS_SHOWN), hash: hashSecret(clear) };
}

/** SHA-256. A random secret of 256 bits needs no salt and no slow hash. */
export function hashSecret(clear: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash("sha256", clear, "buffer"));
}

/** Whose secret a text is by its form. Undefined if no secret has this form. */
export function kindOfSecret(text: string): HolderKind | undefined {
  const match = SECRET.exec(text);
  return match ? (match[1] ? "organization" : "team") : undefined;
}

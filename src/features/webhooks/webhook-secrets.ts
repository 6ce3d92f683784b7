import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SECRET_BYTES = 32;
const PREFIX = "whsec_";

/** Thrown if a secret was encrypted with another key than the present one. */
export class SecretUnreadable extends Error {}

/**
 * Makes the secrets of webhooks. Requests are signed with them, so they are not stored as a hash but encrypted: whoever reads
 * the database, or a copy of it, cannot sign.
 */
export class WebhookSecrets {
  private readonly key: Uint8Array;

  /** `text` is what the key is derived from. The secrets of one text cannot be read with another. */
  constructor(text: string) {
    this.key = new Uint8Array(hkdfSync("sha256", text, "", "tollgate: secrets of webhooks", 32));
  }

  /** "whsec_" and 32 random bytes as base64, in clear and encrypted for one webhook. */
  mint(webhookId: string): { clear: string; sealed: Uint8Array<ArrayBuffer> } {
    const secret = randomBytes(SECRET_BYTES);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, iv).setAAD(Buffer.from(webhookId));
    const sealed = Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
    return { clear: PREFIX + secret.toString("base64"), sealed: new Uint8Array(sealed) };
  }

  /** Throws SecretUnreadable if it was encrypted with another key, or for another webhook. */
  open(webhookId: string, sealed: Uint8Array): string {
    try {
      const tagAt = sealed.length - TAG_BYTES;
      const decipher = createDecipheriv(CIPHER, this.key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(webhookId)).setAuthTag(sealed.subarray(tagAt));
      const secret = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, tagAt)), decipher.final()]);
      return PREFIX + secret.toString("base64");
    } catch (cause) {
      throw new SecretUnreadable("The secret of the webhook cannot be decrypted.", { cause });
    }
  }
}

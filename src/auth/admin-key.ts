import { hash, timingSafeEqual } from "node:crypto";

const digestOf = (text: string): Buffer => hash("sha256", text, "buffer");

/**
 * Makes the check whether a credential is the admin key. It compares digests, which all have the same length, so that the
 * time taken tells nothing about the key.
 */
export function adminKeyCheck(adminKey: string): (sent: string) => boolean {
  const digest = digestOf(adminKey);
  return (sent) => timingSafeEqual(digestOf(sent), digest);
}

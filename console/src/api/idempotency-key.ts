const BYTES = 16;

/** Makes a key that tells one act from every other. `crypto.randomUUID` is missing on pages of plain HTTP. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

import { expect } from "vitest";
import type { GraphqlAnswer } from "./clients/graphql.js";

export const codeOf = ({ errors }: GraphqlAnswer): string => String(errors?.[0]?.extensions.code ?? "ok");

/** Asks until the answer has this code; the last request that had another was sent within so many milliseconds. */
export async function answeredWithin(ms: number, ask: () => Promise<GraphqlAnswer>, code: string): Promise<void> {
  const start = performance.now();
  let before: string | undefined;
  for (;;) {
    const sentAfterMs = performance.now() - start;
    const answered = codeOf(await ask());
    if (answered === code) return;
    expect(answered, "the answer until then").toBe(before ?? answered);
    before = answered;
    expect(sentAfterMs, `the time after which it was still ${answered}`).toBeLessThan(ms);
  }
}

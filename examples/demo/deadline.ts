import { Patience } from "../graphql/patience.js";

/** Returns what the work returns. Throws if it takes longer than `ms`, or is interrupted; the work itself goes on. */
export async function deadline<T>(
  work: Promise<T>,
  what: string,
  ms: number,
  interrupted = new AbortController().signal,
): Promise<T> {
  const patience = new Patience(what, ms, interrupted);
  try {
    return await patience.wait(work);
  } finally {
    patience.end();
  }
}

import type { Viewer } from "../auth/viewer.js";
import { DomainError } from "../lib/errors.js";

/** Sockets and event streams that are open at once for one key. */
const STREAMS_PER_KEY_MAX = 2_000;

/** Counts what is open for each key. */
export class OpenStreams {
  private readonly counts = new Map<string, number>();

  /** Counts one more, until the returned function is called; RATE_LIMITED where the viewer has too many. */
  open(viewer: Viewer): () => void {
    const key = viewer.kind === "team" ? viewer.keyId : viewer.kind;
    const count = this.counts.get(key) ?? 0;
    if (count >= STREAMS_PER_KEY_MAX)
      throw new DomainError("RATE_LIMITED", `The key has ${count} open streams, which is the most it may have.`);
    this.counts.set(key, count + 1);
    return () => this.close(key);
  }

  private close(key: string): void {
    const left = (this.counts.get(key) ?? 1) - 1;
    if (left > 0) this.counts.set(key, left);
    else this.counts.delete(key);
  }
}

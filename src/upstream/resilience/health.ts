import type { Clock } from "../../lib/clock.js";

/** When an upstream answered and failed last, in this process. */
export class Health {
  lastAnsweredAt: Date | null = null;
  lastFailedAt: Date | null = null;
  /** The kind of the last failure, such as "rate-limited". Null if there was none. */
  lastFailure: string | null = null;

  /** Takes note of an attempt. `failure` is the kind of its failure, or null if it answered. */
  note(clock: Clock, failure: string | null): void {
    if (failure === null) {
      this.lastAnsweredAt = clock.now();
    } else {
      this.lastFailedAt = clock.now();
      this.lastFailure = failure;
    }
  }
}

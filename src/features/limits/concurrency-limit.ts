import type { DomainError } from "../../lib/errors.js";
import { once } from "../../lib/once.js";
import { Tally } from "../../lib/tally.js";

export interface ConcurrencyLimits {
  /** How many slots there are in all. */
  readonly max: number;
  /** How many of them one holder may have. */
  readonly maxOfHolder: number;
  /** The error if all slots are taken, or if the holder has this many. */
  readonly refusal: (heldByHolder?: number) => DomainError;
}

/** Limits how much is open at once in this process. Beyond the limits it refuses at once, instead of queueing. */
export class ConcurrencyLimit {
  private taken = 0;
  private readonly takenByHolder = new Tally();

  constructor(private readonly limits: ConcurrencyLimits) {}

  /** Takes a slot, until the returned function is called. Throws the limit's refusal if there is none. */
  take(holder: string): () => void {
    const held = this.takenByHolder.of(holder);
    if (held >= this.limits.maxOfHolder) throw this.limits.refusal(held);
    if (this.taken >= this.limits.max) throw this.limits.refusal();
    this.taken += 1;
    this.takenByHolder.add(holder);
    return once(() => {
      this.taken -= 1;
      this.takenByHolder.remove(holder);
    });
  }
}

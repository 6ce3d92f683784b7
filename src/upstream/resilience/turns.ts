import { once } from "../../lib/once.js";

/**
 * How many requests may be at an upstream at the same time. Who gets a turn must give it back, whatever happens. Giving it
 * back again changes nothing. Those who wait get theirs in the order in which they came.
 */
export class Turns {
  private readonly waiting = new Set<() => void>();
  private taken = 0;

  /** `max` null means that there is always a turn. */
  constructor(readonly max: number | null) {}

  get running(): number {
    return this.taken;
  }

  /** Returns how to give the turn back. Null if there is none now. */
  take(): (() => void) | null {
    if (this.max !== null && this.taken >= this.max) return null;
    this.taken += 1;
    return once(() => this.giveBack());
  }

  /**
   * Waits for a turn, at most `waitMs`. Returns null if none came in that time, and at once if `signal` aborts.
   */
  async wait(waitMs: number, signal: AbortSignal): Promise<(() => void) | null> {
    const now = this.take();
    if (now || waitMs <= 0 || signal.aborted) return now;
    return new Promise((resolve) => {
      const end = (turn: (() => void) | null) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", giveUp);
        this.waiting.delete(begin);
        resolve(turn);
      };
      const begin = () => end(this.take());
      const giveUp = () => end(null);
      const timer = setTimeout(giveUp, waitMs);
      signal.addEventListener("abort", giveUp);
      this.waiting.add(begin);
    });
  }

  private giveBack(): void {
    this.taken -= 1;
    const [next] = this.waiting;
    next?.();
  }
}

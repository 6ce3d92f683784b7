import { endedOrAfter } from "./ended-or-after.js";

/**
 * Lets so many pieces of work be under way at a time. The others wait for their turn, in order. Work that takes longer than
 * `heldMaxMs` goes on, but gives its turn to the next, so that what hangs holds up nothing else for long.
 */
export class LoadTurns {
  /** Turns that are taken: by work, or by a `begin` that is about to be called. */
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atWorkMax: number,
    private readonly heldMaxMs: number,
  ) {}

  /**
   * Calls `begin` once it has a turn. `begin` must call `run` once, which gives the turn back. It is never called at once:
   * what has arrived by now comes first.
   */
  next(begin: () => void): void {
    if (this.taken === this.atWorkMax) {
      this.waiting.push(begin);
      return;
    }
    this.taken += 1;
    setImmediate(begin);
  }

  /** Does the work of a turn. The turn then goes to the one that has waited longest. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = Promise.resolve().then(work);
    void endedOrAfter(this.heldMaxMs, result).then(() => {
      const next = this.waiting.shift();
      if (next) next();
      else this.taken -= 1;
    });
    return result;
  }
}

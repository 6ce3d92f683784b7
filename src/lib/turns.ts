/** Lets so many pieces of work be under way at a time. The others wait for their turn, in order. */
export class Turns {
  private atWork = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly atWorkMax: number) {}

  /** Calls `begin`, which calls `run`, once it has a turn. It never does so at once: what has arrived by now comes first. */
  next(begin: () => void): void {
    if (this.atWork < this.atWorkMax) setImmediate(begin);
    else this.waiting.push(begin);
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.atWork += 1;
    try {
      return await work();
    } finally {
      this.atWork -= 1;
      this.waiting.shift()?.();
    }
  }
}

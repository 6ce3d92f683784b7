import { Waiters } from "../lib/async/waiters.js";
import { outsideTraces } from "../lib/observe/tracing.js";
import { Tally } from "../lib/tally.js";

/** The version of a row. If it differs from an earlier one, the row has changed. */
export interface Version {
  readonly id: string;
  readonly version: string;
}

/**
 * Tells when database rows change, whichever process changes them. Every so often, one statement reads the versions of
 * all watched rows; it does not run while nobody watches. If the database does not answer, the next look tells.
 */
export class RowWatch {
  /** How many watchers each row has. */
  private readonly watched = new Tally();
  private timer: NodeJS.Timeout | undefined;
  private readonly watchers = new Waiters();
  /** The versions that the last look found, for each row that it asked for. */
  private seen: ReadonlyMap<string, string | undefined> = new Map();
  /** When a look last found a change, in milliseconds that pass evenly. */
  private changedAt = Number.NEGATIVE_INFINITY;
  /** Set from when `lookSoon` was asked for a look until that look is over. */
  private soon: NodeJS.Timeout | undefined;
  private isAskedAgain = false;
  /** Looks are numbered as they begin, because two may run at the same time. */
  private lastBegun = 0;
  private lastTold = 0;

  constructor(
    private readonly fetch: (ids: readonly string[]) => Promise<readonly Version[]>,
    private readonly everyMs: number,
    /** How long after a change `lookSoon` does not look, so that it cannot be made to look all the time. */
    private readonly calmMs = 10,
  ) {}

  /** How many rows are watched. */
  get count(): number {
    return this.watched.size;
  }

  /**
   * Yields the row's version at the first look, which is within `everyMs`, and then each version that differs. Yields
   * undefined if there is no such row. Ends when `signal` aborts.
   */
  async *versions(id: string, signal: AbortSignal): AsyncGenerator<string | undefined, void, undefined> {
    this.watched.add(id);
    this.timer ??= this.later();
    try {
      let told: string | undefined | null = null;
      for (;;) {
        await this.watchers.next(signal);
        if (signal.aborted) return;
        const version = this.seen.get(id);
        if (!this.seen.has(id) || version === told) continue;
        told = version;
        yield version;
      }
    } finally {
      this.watched.remove(id);
    }
  }

  /** Looks at once, for a caller that knows of a change. Rejects if the database does not answer. */
  async lookNow(): Promise<void> {
    if (this.watched.size === 0) return;
    this.lastBegun += 1;
    const number = this.lastBegun;
    const ids = [...this.watched.keys()];
    const versions = new Map<string, string | undefined>(ids.map((id) => [id, undefined]));
    for (const { id, version } of await this.fetch(ids)) versions.set(id, version);
    // A look that began later has already told newer versions.
    if (number < this.lastTold) return;
    this.lastTold = number;
    if (ids.some((id) => versions.get(id) !== this.seen.get(id))) this.changedAt = performance.now();
    this.seen = versions;
    this.watchers.wake();
  }

  /** Looks before its time if one of these rows is watched, because another process says that they have changed. */
  hear(ids: readonly string[]): void {
    if (ids.some((id) => this.watched.of(id) > 0)) this.lookSoon();
  }

  /**
   * Looks before its time, once for all who ask for it until then. What is asked for during that look is done after it. If
   * it fails, the next look tells.
   */
  lookSoon(): void {
    if (this.watched.size === 0) return;
    if (this.soon) {
      this.isAskedAgain = true;
      return;
    }
    const waitMs = Math.max(0, this.changedAt + this.calmMs - performance.now());
    const look = async () => {
      this.isAskedAgain = false;
      await this.lookAndWait();
      this.soon = undefined;
      if (this.isAskedAgain) this.lookSoon();
    };
    this.soon = outsideTraces(() => setTimeout(() => void look(), waitMs).unref());
  }

  private later(): NodeJS.Timeout {
    // The first watcher begins the looks, and they go on after it has left.
    return outsideTraces(() =>
      setTimeout(() => {
        // This look is the one that was asked for, too.
        clearTimeout(this.soon);
        this.soon = undefined;
        void this.lookAndWait();
      }, this.everyMs).unref(),
    );
  }

  /** Looks, and sets the timer for the next look. */
  private async lookAndWait(): Promise<void> {
    clearTimeout(this.timer);
    await this.lookNow().catch(() => undefined);
    clearTimeout(this.timer);
    this.timer = this.watched.size > 0 ? this.later() : undefined;
  }
}

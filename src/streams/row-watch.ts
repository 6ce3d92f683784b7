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
  /** Looks are numbered as they begin, because two may run at the same time. */
  private lastBegun = 0;
  private lastTold = 0;

  constructor(
    private readonly fetch: (ids: readonly string[]) => Promise<readonly Version[]>,
    private readonly everyMs: number,
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
    this.seen = versions;
    this.watchers.wake();
  }

  private later(): NodeJS.Timeout {
    const look = async () => {
      await this.lookNow().catch(() => undefined);
      this.timer = this.watched.size > 0 ? this.later() : undefined;
    };
    // The first watcher begins the looks, and they go on after it has left.
    return outsideTraces(() => setTimeout(() => void look(), this.everyMs).unref());
  }
}

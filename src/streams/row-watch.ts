import { Tally } from "../lib/tally.js";
import { Waiters } from "../lib/waiters.js";

/** A row as far as watching needs it: another version means that it has changed. */
export interface Version {
  readonly id: string;
  readonly version: string;
}

/**
 * Tells of changes of database rows, whichever process made them: asks for the versions of all watched rows in one
 * statement every so often, and for none while nobody watches. Where the database does not answer, the next look tells.
 */
export class RowWatch {
  /** How many watch each row. */
  private readonly watched = new Tally();
  private timer: NodeJS.Timeout | undefined;
  private readonly watchers = new Waiters();
  /** What the last look saw of the rows that it asked for. */
  private seen: ReadonlyMap<string, string | undefined> = new Map();
  /** Looks are numbered as they begin, since two may be under way. */
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

  /** The version at the first look, within `everyMs`, then each that differs; undefined where there is no such row. */
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

  /** Looks now: for who knows that something has changed here. */
  async lookNow(): Promise<void> {
    if (this.watched.size === 0) return;
    this.lastBegun += 1;
    const number = this.lastBegun;
    const ids = [...this.watched.keys()];
    const versions = new Map<string, string | undefined>(ids.map((id) => [id, undefined]));
    for (const { id, version } of await this.fetch(ids)) versions.set(id, version);
    // One that began later has told already, and saw what is newer.
    if (number < this.lastTold) return;
    this.lastTold = number;
    this.seen = versions;
    this.watchers.wake();
  }

  private later(): NodeJS.Timeout {
    return setTimeout(() => {
      void this.lookNow()
        .catch(() => undefined)
        .then(() => {
          this.timer = this.watched.size > 0 ? this.later() : undefined;
        });
    }, this.everyMs).unref();
  }
}

import type { LimitOwner } from "../../../auth/call-limits.js";
import type { Clock } from "../../../lib/clock.js";
import { type Asked, type Change, type Counted, isRefused, WINDOW_MS } from "./counter.js";

interface Window {
  used: number;
  endsAt: number;
}

/** Counts the calls of this process. Nothing here waits, so that no two calls can take the same place. */
export class MemoryCounters {
  private readonly windows = new Map<string, Window>();
  private sweepAt = 0;

  constructor(
    private readonly clock: Pick<Clock, "elapsedMs">,
    /** How many calls of a holder run in this process. */
    private readonly running: (asked: Asked) => number,
  ) {}

  /** Counts a call by all limits, or by none if one of them refuses it. Returns where each stands then. */
  take(asked: readonly Asked[]): Counted[] {
    const now = this.clock.elapsedMs();
    this.sweep(now);
    const found = asked.map((each) => this.find(each, now));
    if (isRefused(asked, found)) return found;
    return found.map((counted, index) => (counted.isOver ? counted : this.add(asked[index] as Asked, counted)));
  }

  /**
   * Corrects what was taken, within its minute. If that is over, only what was used beyond it counts, in the present
   * minute.
   */
  change(changes: readonly Change[]): void {
    const now = this.clock.elapsedMs();
    for (const { asked, endsAt, by } of changes) {
      const window = this.windowOf(asked, now);
      if (window?.endsAt === endsAt) window.used = Math.max(0, window.used + by);
      else if (by > 0) this.write(asked, (window?.used ?? 0) + by, window?.endsAt ?? now + WINDOW_MS);
    }
  }

  /** Forgets the minutes of a holder. */
  reset(of: LimitOwner, holder: string): void {
    for (const kind of ["REQUESTS", "TOKENS"] as const) this.windows.delete(nameOf({ of, holder, kind }));
  }

  private find(asked: Asked, now: number): Counted {
    const { kind, cost, max } = asked;
    const window = kind === "CONCURRENCY" ? undefined : this.windowOf(asked, now);
    const used = kind === "CONCURRENCY" ? this.running(asked) : (window?.used ?? 0);
    const endsAt = kind === "CONCURRENCY" ? now : (window?.endsAt ?? now + WINDOW_MS);
    return { isOver: used + cost > max, used, resetMs: endsAt - now, endsAt };
  }

  private add(asked: Asked, counted: Counted): Counted {
    const used = counted.used + asked.cost;
    if (asked.kind !== "CONCURRENCY") this.write(asked, used, counted.endsAt);
    return { ...counted, used };
  }

  private write(asked: Asked, used: number, endsAt: number): void {
    this.windows.set(nameOf(asked), { used, endsAt });
  }

  private windowOf(asked: Asked, now: number): Window | undefined {
    const window = this.windows.get(nameOf(asked));
    return window && window.endsAt > now ? window : undefined;
  }

  /** Forgets minutes that are over, once a minute. */
  private sweep(now: number): void {
    if (now < this.sweepAt) return;
    this.sweepAt = now + WINDOW_MS;
    for (const [name, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(name);
  }
}

const nameOf = ({ of, holder, kind }: Pick<Asked, "of" | "holder" | "kind">): string => `${of} ${holder} ${kind}`;

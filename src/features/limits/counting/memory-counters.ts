import type { CallLimit, LimitOwner } from "../../../auth/call-limits.js";
import type { Clock } from "../../../lib/clock.js";
import { counterOf } from "../limit-settings.js";
import { type Change, costOf, type Standing, WINDOW_MS } from "./counter.js";

interface Window {
  used: number;
  readonly endsAt: number;
}

type Writable<Of> = { -readonly [Name in keyof Of]: Of[Name] };

/** Counts the calls of this process. Nothing here waits, so that no two calls can take the same place. */
export class MemoryCounters {
  private readonly windows = new Map<string, Window>();
  private sweepAt = 0;

  constructor(
    private readonly clock: Pick<Clock, "elapsedMs">,
    /** How many calls of a holder run in this process. */
    private readonly running: (limit: CallLimit) => number,
  ) {}

  /** Counts a call by all limits, or by none if one of them refuses it. Returns where each stands then. */
  take(limits: readonly CallLimit[], tokens: number): Standing[] {
    const now = this.clock.elapsedMs();
    this.sweep(now);
    const standings: Writable<Standing>[] = [];
    let isRefused = false;
    for (const limit of limits) {
      const standing = this.standingOf(limit, costOf(limit, tokens), now);
      isRefused ||= standing.isOver && limit.isEnforced;
      standings.push(standing);
    }
    if (!isRefused) for (const standing of standings) if (!standing.isOver) this.add(standing);
    return standings;
  }

  /**
   * Corrects what was taken, within its minute. If that is over, only what was used beyond it counts, in the present
   * minute.
   */
  change(changes: readonly Change[]): void {
    const now = this.clock.elapsedMs();
    for (const { limit, endsAt, by } of changes) {
      const window = this.windowOf(limit, now);
      if (window?.endsAt === endsAt) window.used = Math.max(0, window.used + by);
      else if (by > 0) this.write(limit, (window?.used ?? 0) + by, window?.endsAt ?? now + WINDOW_MS);
    }
  }

  /** Forgets the minutes of a holder. */
  reset(of: LimitOwner, holder: string): void {
    for (const kind of ["REQUESTS", "TOKENS"] as const) this.windows.delete(counterOf(of, holder, kind));
  }

  private standingOf(limit: CallLimit, cost: number, now: number): Writable<Standing> {
    if (limit.kind === "CONCURRENCY") {
      const used = this.running(limit);
      return { limit, cost, isOver: used + cost > limit.max, used, resetMs: 0, endsAt: now };
    }
    const window = this.windowOf(limit, now);
    const used = window ? window.used : 0;
    const endsAt = window ? window.endsAt : now + WINDOW_MS;
    return { limit, cost, isOver: used + cost > limit.max, used, resetMs: endsAt - now, endsAt };
  }

  private add(standing: Writable<Standing>): void {
    standing.used += standing.cost;
    if (standing.limit.kind !== "CONCURRENCY") this.write(standing.limit, standing.used, standing.endsAt);
  }

  private write({ counter }: CallLimit, used: number, endsAt: number): void {
    const window = this.windows.get(counter);
    if (window?.endsAt === endsAt) window.used = used;
    else this.windows.set(counter, { used, endsAt });
  }

  private windowOf({ counter }: CallLimit, now: number): Window | undefined {
    const window = this.windows.get(counter);
    return window && window.endsAt > now ? window : undefined;
  }

  /** Forgets minutes that are over, once a minute. */
  private sweep(now: number): void {
    if (now < this.sweepAt) return;
    this.sweepAt = now + WINDOW_MS;
    for (const [name, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(name);
  }
}

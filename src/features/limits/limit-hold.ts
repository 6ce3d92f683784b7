import type { CallLimit } from "../../auth/call-limits.js";
import { newId } from "../../lib/ids.js";
import type { Change, Standing } from "./counting/counter.js";
import type { MemoryCounters } from "./counting/memory-counters.js";
import type { RedisCounters } from "./counting/redis-counters.js";
import type { Slot } from "./counting/steps.js";

interface Counters {
  readonly memory: MemoryCounters;
  readonly shared: RedisCounters;
}

/** What a call has taken of its limits. It ends once, in one of three ways. */
export class LimitHold {
  private isOver = false;
  private slot: string | undefined;

  constructor(
    private readonly standings: readonly Standing[],
    /** Under which name Redis has counted it. Undefined if this process has. */
    private readonly sharedSlot: string | undefined,
    private readonly counters: Counters,
    private readonly leave: (hold: LimitHold) => void,
  ) {
    this.slot = sharedSlot;
  }

  /** The limits that are only measured, and would have refused the call. */
  get overrun(): readonly CallLimit[] {
    return this.standings.filter(({ isOver }) => isOver).map(({ limit }) => limit);
  }

  /** Its places among the calls at once of all processes. Redis learns of them when they are renewed, at the latest. */
  get slots(): readonly Slot[] {
    const ofSlots = this.standings.filter(({ limit }) => limit.kind === "CONCURRENCY");
    if (ofSlots.length > 0) this.slot ??= newId();
    return ofSlots.map(({ limit }) => ({ limit, id: this.slot as string }));
  }

  /**
   * The call has ended. What it really used takes the place of the estimate. Null if nobody knows, and then the estimate
   * stays. Resolves when other processes see it, or do not answer. If more than half of the slots were free when the call
   * began, it resolves at once, and they see it within some milliseconds.
   */
  end(tokens: number | null): Promise<void> {
    return this.finish(({ limit, cost }) => (limit.kind === "TOKENS" && tokens !== null ? tokens - cost : 0));
  }

  /** The call was refused for another reason. It counts as a request, and takes nothing else. */
  giveBack(): Promise<void> {
    return this.end(0);
  }

  /** The request was the repetition of an earlier one, and counts as nothing. */
  undo(): Promise<void> {
    return this.finish(({ cost }) => -cost);
  }

  private async finish(byOf: (standing: Standing) => number): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    this.leave(this);
    if (this.standings.length === 0) return;
    const { memory, shared } = this.counters;
    const [windows, slots] = this.changes(byOf);
    if (this.sharedSlot === undefined) memory.change(windows);
    if (this.slot === undefined) return;
    const isUrgent = this.standings.some(isScarce);
    const changed = shared.change(this.slot, this.sharedSlot === undefined ? slots : [...windows, ...slots], isUrgent);
    if (isUrgent) await changed;
  }

  private changes(byOf: (standing: Standing) => number): [windows: Change[], slots: Change[]] {
    const windows: Change[] = [];
    const slots: Change[] = [];
    for (const standing of this.standings) {
      const { limit, endsAt, isOver } = standing;
      if (limit.kind === "CONCURRENCY") slots.push({ limit, endsAt, by: 0 });
      else if (!isOver) {
        const by = byOf(standing);
        if (by !== 0) windows.push({ limit, endsAt, by });
      }
    }
    return [windows, slots];
  }
}

/** Whether the slots of a limit were so few when the call began that somebody may soon wait for the one that it has. */
const isScarce = ({ limit: { kind, isEnforced, max }, used }: Standing): boolean =>
  kind === "CONCURRENCY" && isEnforced && used * 2 > max;

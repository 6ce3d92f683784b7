import { newId } from "../../lib/ids.js";
import type { Asked, Change } from "./counting/counter.js";
import type { MemoryCounters } from "./counting/memory-counters.js";
import type { RedisCounters, Slot } from "./counting/redis-counters.js";
import type { Standing } from "./limit-state.js";

interface Counters {
  readonly memory: MemoryCounters;
  readonly shared: RedisCounters;
}

/** What a call has taken of its limits. It ends once, in one of three ways. */
export class LimitHold {
  private isOver = false;
  private readonly slot: string;

  constructor(
    private readonly standings: readonly Standing[],
    /** Under which name Redis has counted it. Null if this process has. */
    private readonly sharedSlot: string | null,
    private readonly counters: Counters,
    private readonly leave: () => void,
  ) {
    this.slot = sharedSlot ?? (standings.length > 0 ? newId() : "");
  }

  /** The limits that are only measured, and would have refused the call. */
  get overrun(): readonly Asked[] {
    return this.standings.flatMap(({ asked, counted }) => (counted.isOver ? asked : []));
  }

  /** Its places among the calls at once of all processes. */
  get slots(): readonly Slot[] {
    const { slot: id } = this;
    return this.standings.flatMap(({ asked }) => (asked.kind === "CONCURRENCY" ? { asked, id } : []));
  }

  /**
   * The call has ended. What it really used takes the place of the estimate. Null if nobody knows, and then the estimate
   * stays. Resolves when other processes see it, or do not answer.
   */
  end(tokens: number | null): Promise<void> {
    return this.finish((asked) => (asked.kind === "TOKENS" && tokens !== null ? tokens - asked.cost : 0));
  }

  /** The call was refused for another reason. It counts as a request, and takes nothing else. */
  giveBack(): Promise<void> {
    return this.end(0);
  }

  /** The request was the repetition of an earlier one, and counts as nothing. */
  undo(): Promise<void> {
    return this.finish((asked) => -asked.cost);
  }

  private async finish(changeOf: (asked: Asked) => number): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    this.leave();
    if (this.standings.length === 0) return;
    const { memory, shared } = this.counters;
    const taken = this.standings.filter(({ counted }) => !counted.isOver);
    const windows = taken
      .filter(({ asked }) => asked.kind !== "CONCURRENCY")
      .map(({ asked, counted: { endsAt } }): Change => ({ asked, endsAt, by: changeOf(asked) }))
      .filter(({ by }) => by !== 0);
    const slots = this.slots.map(({ asked }): Change => ({ asked, endsAt: 0, by: 0 }));
    if (this.sharedSlot === null) memory.change(windows);
    if (!shared.isUsable) return;
    // A call that Redis has not counted may have got its place there since.
    await shared.change(this.slot, this.sharedSlot === null ? slots : [...windows, ...slots]);
  }
}

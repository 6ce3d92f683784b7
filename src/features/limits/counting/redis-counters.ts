import { performance } from "node:perf_hooks";
import type { CallLimit, LimitOwner } from "../../../auth/call-limits.js";
import type { RedisLink } from "../../../streams/redis/redis-link.js";
import { counterOf } from "../limit-settings.js";
import type { Change, Standing } from "./counter.js";
import { type Answer, LATE, StepLane } from "./step-lane.js";
import type { Slot } from "./steps.js";

/** For how long a Redis that was too slow, or has refused to count, is not asked again. */
const SPARED_MS = 1_000;

/** Slots that are to be given back. */
interface Owed {
  readonly changes: readonly Change[];
  /** When they are free by themselves, because nobody renews them. */
  readonly freeAt: number;
}

/** Counts the calls of all processes on one Redis. Whatever it cannot do, the caller does alone. */
export class RedisCounters {
  private sparedUntil = 0;
  private readonly lane: StepLane;
  /** Slots that Redis could not take back when their calls ended. They are given back when it is usable again. */
  private readonly owed = new Map<string, Owed>();

  constructor(
    private readonly link: RedisLink,
    private readonly leaseMs: number,
  ) {
    this.lane = new StepLane(link, leaseMs);
    link.onChange(() => {
      this.sparedUntil = 0;
    });
  }

  /** Whether it is worth asking. */
  get isUsable(): boolean {
    return this.link.takesMore && performance.now() >= this.sparedUntil;
  }

  /** Counts a call by all limits, or by none if one of them refuses it. Undefined if Redis did not answer in time. */
  async take(slot: string, limits: readonly CallLimit[], tokens: number): Promise<readonly Standing[] | undefined> {
    this.giveBackOwed();
    const answer = await this.ask(this.lane.run({ does: "take", slot, tokens, limits }));
    if (answer !== undefined) return answer;
    // It may be carried out after all. Minutes lapse by themselves.
    void this.send(slot, limits.filter(isOfSlots).map(withoutChange));
    return undefined;
  }

  /** Tells where the limits of a call stand that is refused anyway. Undefined if Redis did not answer in time. */
  async look(limits: readonly CallLimit[], tokens: number): Promise<readonly Standing[] | undefined> {
    if (limits.length === 0) return [];
    return this.ask(this.lane.run({ does: "look", slot: "", tokens, limits }));
  }

  /**
   * Corrects what was taken, and gives slots back. Resolves when other processes see it. If that is not urgent, it goes with
   * the next call that is counted, or a moment later, and nobody need wait for it.
   */
  async change(slot: string, changes: readonly Change[], isUrgent: boolean): Promise<void> {
    if (this.isUsable) await this.send(slot, changes, isUrgent);
    else this.owe(slot, changes);
  }

  /** Gives back what could not be given back before, and is not free by itself. */
  giveBackOwed(): void {
    const now = performance.now();
    for (const [slot, { changes, freeAt }] of [...this.owed]) {
      this.owed.delete(slot);
      if (freeAt > now) void this.send(slot, changes, false, freeAt);
    }
  }

  private async send(slot: string, changes: readonly Change[], isUrgent = false, freeAt?: number): Promise<void> {
    if (changes.length === 0) return;
    const step = { does: "change", slot, changes } as const;
    const answer = await this.ask(isUrgent ? this.lane.run(step) : this.lane.runSoon(step));
    if (answer === undefined) this.owe(slot, changes, freeAt);
  }

  /** A slot may be given back twice, but a minute may not be corrected twice. */
  private owe(slot: string, changes: readonly Change[], freeAt = performance.now() + this.leaseMs): void {
    const ofSlots = changes.filter(({ limit }) => isOfSlots(limit));
    if (ofSlots.length > 0) this.owed.set(slot, { changes: ofSlots, freeAt });
  }

  /** Undefined if Redis has not answered in time, or has refused. Then it is spared for a while. */
  private async ask(asked: Promise<Answer>): Promise<readonly Standing[] | undefined> {
    const answer = await asked;
    if (answer !== LATE && answer !== undefined) return answer;
    // One that is away says so by itself, and is asked as soon as it is back.
    if (this.link.isUp) this.sparedUntil = performance.now() + SPARED_MS;
    return undefined;
  }

  /** Says that these slots are still taken. They must be few enough for one step. */
  async renew(slots: readonly Slot[]): Promise<void> {
    if (slots.length > 0) await this.ask(this.lane.run({ does: "renew", slots }));
  }

  /** Resolves when Redis has all that it was to be told, or does not answer. */
  flush(): Promise<void> {
    this.giveBackOwed();
    return this.lane.flush();
  }

  /** Forgets the minutes of a holder. */
  async reset(of: LimitOwner, holder: string): Promise<void> {
    const counters = (["REQUESTS", "TOKENS"] as const).map((kind) => ({ kind, counter: counterOf(of, holder, kind) }));
    await this.ask(this.lane.run({ does: "forget", counters }));
  }
}

const isOfSlots = ({ kind }: CallLimit): boolean => kind === "CONCURRENCY";
const withoutChange = (limit: CallLimit): Change => ({ limit, endsAt: 0, by: 0 });

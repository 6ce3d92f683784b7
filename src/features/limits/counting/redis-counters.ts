import { performance } from "node:perf_hooks";
import type { CallLimit, LimitOwner } from "../../../auth/call-limits.js";
import type { RedisLink } from "../../../streams/redis/redis-link.js";
import { counterOf } from "../limit-settings.js";
import { type Change, costOf, type Standing, WINDOW_MS } from "./counter.js";
import { LATE, ScriptLane } from "./script-lane.js";
import { CHANGE, FORGET, RENEW, TAKE } from "./scripts.js";

/** For how long a Redis that was too slow is not asked again. */
const SLOW_MS = 1_000;

/** A slot of a call among the calls at once. */
export interface Slot {
  readonly limit: CallLimit;
  readonly id: string;
}

/** Counts the calls of all processes on one Redis. Whatever it cannot do, the caller does alone. */
export class RedisCounters {
  private slowUntil = 0;
  private readonly lane: ScriptLane;
  /** Slots that Redis could not take back when their calls ended. They are given back when it is usable again. */
  private readonly owed = new Map<string, readonly Change[]>();

  constructor(
    private readonly link: RedisLink,
    /** For how long a slot counts that nobody renews. */
    private readonly leaseMs: number,
  ) {
    this.lane = new ScriptLane(link);
  }

  /** Whether it is worth asking. */
  get isUsable(): boolean {
    return this.link.takesMore && performance.now() >= this.slowUntil;
  }

  /** Counts a call by all limits, or by none if one of them refuses it. Undefined if Redis did not answer in time. */
  async take(slot: string, limits: readonly CallLimit[], tokens: number): Promise<Standing[] | undefined> {
    this.giveBackOwed();
    const args: (string | number)[] = [slot, this.leaseMs, WINDOW_MS];
    for (const limit of limits) args.push(limit.kind, costOf(limit, tokens), limit.max, limit.isEnforced ? 1 : 0);
    const answer = await this.lane.run({ script: TAKE, keys: limits.map(keyOf), args });
    const standings = readStandings(answer, limits, tokens);
    if (standings) return standings;
    if (answer === LATE) this.slowUntil = performance.now() + SLOW_MS;
    // It may be carried out after all. Minutes lapse by themselves.
    void this.send(slot, limits.filter(isOfSlots).map(withoutChange));
    return undefined;
  }

  /** Corrects what was taken, and gives slots back. Resolves when slots are free for other processes. */
  async change(slot: string, changes: readonly Change[]): Promise<void> {
    if (this.isUsable) await this.send(slot, changes);
    else this.owe(slot, changes);
  }

  /** Gives back what could not be given back before. */
  giveBackOwed(): void {
    for (const [slot, changes] of this.owed) {
      this.owed.delete(slot);
      void this.send(slot, changes);
    }
  }

  private async send(slot: string, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const args: (string | number)[] = [slot, WINDOW_MS];
    for (const { limit, endsAt, by } of changes) args.push(limit.kind, endsAt, by);
    const keys = changes.map(({ limit }) => keyOf(limit));
    if (!changes.some(({ limit }) => isOfSlots(limit))) this.lane.runSoon({ script: CHANGE, keys, args });
    else if ((await this.lane.run({ script: CHANGE, keys, args })) !== 1) this.owe(slot, changes);
  }

  /** A slot may be given back twice, but a minute may not be corrected twice. */
  private owe(slot: string, changes: readonly Change[]): void {
    const ofSlots = changes.filter(({ limit }) => isOfSlots(limit));
    if (ofSlots.length > 0) this.owed.set(slot, ofSlots);
  }

  /** Says that these slots are still taken. They must be few enough for one step. */
  async renew(slots: readonly Slot[]): Promise<void> {
    if (slots.length === 0) return;
    const keys = slots.map(({ limit }) => keyOf(limit));
    await this.lane.run({ script: RENEW, keys, args: [this.leaseMs, ...slots.map(({ id }) => id)] });
  }

  /** Forgets the minutes of a holder. */
  async reset(of: LimitOwner, holder: string): Promise<void> {
    const keys = (["REQUESTS", "TOKENS"] as const).map((kind) => keyOf({ counter: counterOf(of, holder, kind) }));
    await this.lane.run({ script: FORGET, keys, args: [] });
  }
}

const isOfSlots = ({ kind }: CallLimit): boolean => kind === "CONCURRENCY";
const withoutChange = (limit: CallLimit): Change => ({ limit, endsAt: 0, by: 0 });
const keyOf = ({ counter }: Pick<CallLimit, "counter">): string => `tollgate:limits:${counter}`;

/** Four numbers for each limit. */
function readStandings(answer: unknown, limits: readonly CallLimit[], tokens: number): Standing[] | undefined {
  if (!Array.isArray(answer) || answer.length !== limits.length * 4 || !answer.every(Number.isFinite)) return undefined;
  const numbers = answer as number[];
  return limits.map((limit, index) => {
    const [isOver, used = 0, resetMs = 0, endsAt = 0] = numbers.slice(index * 4);
    return { limit, cost: costOf(limit, tokens), isOver: isOver === 1, used, resetMs, endsAt };
  });
}

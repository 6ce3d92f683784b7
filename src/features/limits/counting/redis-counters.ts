import { performance } from "node:perf_hooks";
import type { CallLimit, LimitOwner } from "../../../auth/call-limits.js";
import type { RedisLink } from "../../../streams/redis/redis-link.js";
import { counterOf } from "../limit-settings.js";
import { type Change, costOf, type Standing, WINDOW_MS } from "./counter.js";
import { CHANGE, FORGET, RENEW, TAKE } from "./scripts.js";

/** How long a call waits for Redis. After that its process counts alone. */
const ANSWER_MS = 1_000;
/** For how long a Redis that was too slow is not asked again. */
const SLOW_MS = 1_000;
const LATE = Symbol("late");
/** Slots that are renewed in one step. */
const SLOTS_AT_A_TIME = 500;

/** A slot of a call among the calls at once. */
export interface Slot {
  readonly limit: CallLimit;
  readonly id: string;
}

/** Counts the calls of all processes on one Redis. Whatever it cannot do, the caller does alone. */
export class RedisCounters {
  private slowUntil = 0;

  constructor(
    private readonly link: RedisLink,
    /** For how long a slot counts that nobody renews. */
    private readonly leaseMs: number,
  ) {}

  /** Whether it is worth asking. */
  get isUsable(): boolean {
    return this.link.takesMore && performance.now() >= this.slowUntil;
  }

  /** Counts a call by all limits, or by none if one of them refuses it. Undefined if Redis did not answer in time. */
  async take(slot: string, limits: readonly CallLimit[], tokens: number): Promise<Standing[] | undefined> {
    const args: (string | number)[] = [slot, this.leaseMs, WINDOW_MS];
    for (const limit of limits) args.push(limit.kind, costOf(limit, tokens), limit.max, limit.isEnforced ? 1 : 0);
    const answer = await this.inTime(this.link.run(TAKE, limits.map(keyOf), args));
    const standings = readStandings(answer, limits, tokens);
    if (standings) return standings;
    if (answer === LATE) this.slowUntil = performance.now() + SLOW_MS;
    // It may be carried out after all. Minutes lapse by themselves.
    void this.change(slot, limits.filter(isOfSlots).map(withoutChange));
    return undefined;
  }

  /** Corrects what was taken, and gives slots back. */
  async change(slot: string, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const args: (string | number)[] = [slot, WINDOW_MS];
    for (const { limit, endsAt, by } of changes) args.push(limit.kind, endsAt, by);
    const keys = changes.map(({ limit }) => keyOf(limit));
    await this.inTime(this.link.run(CHANGE, keys, args));
  }

  /** Says that these slots are still taken. */
  async renew(slots: readonly Slot[]): Promise<void> {
    for (let first = 0; first < slots.length; first += SLOTS_AT_A_TIME) {
      const some = slots.slice(first, first + SLOTS_AT_A_TIME);
      const keys = some.map(({ limit }) => keyOf(limit));
      await this.inTime(this.link.run(RENEW, keys, [this.leaseMs, ...some.map(({ id }) => id)]));
    }
  }

  /** Forgets the minutes of a holder. */
  async reset(of: LimitOwner, holder: string): Promise<void> {
    const counters = (["REQUESTS", "TOKENS"] as const).map((kind) => keyOf({ counter: counterOf(of, holder, kind) }));
    await this.inTime(this.link.run(FORGET, counters, []));
  }

  /** LATE after `ANSWER_MS`. What has come by then is read first: it may be this process that is slow. */
  private async inTime(answer: Promise<unknown>): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<typeof LATE>((resolve) => {
      timer = setTimeout(() => setImmediate(resolve, LATE), ANSWER_MS);
    });
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
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

import { performance } from "node:perf_hooks";
import type { LimitOwner } from "../../../auth/call-limits.js";
import type { RedisLink } from "../../../streams/redis/redis-link.js";
import { type Asked, type Change, type Counted, WINDOW_MS } from "./counter.js";
import { CHANGE, FORGET, RENEW, TAKE } from "./scripts.js";

/** How long a call waits for Redis. After that its process counts alone. */
const ANSWER_MS = 1_000;
/** For how long a Redis that was too slow is not asked again. */
const SLOW_MS = 1_000;
const LATE = Symbol("late");
/** Slots that are renewed in one step. */
const SLOTS_AT_A_TIME = 500;

/** A slot of a call in a set of Redis. */
export interface Slot {
  readonly asked: Asked;
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
  async take(slot: string, asked: readonly Asked[]): Promise<Counted[] | undefined> {
    const args = asked.flatMap(({ kind, cost, max, isEnforced }) => [kind, cost, max, isEnforced ? 1 : 0]);
    const answer = await this.inTime(this.run(TAKE, asked, [slot, this.leaseMs, WINDOW_MS, ...args]));
    const counted = readCounted(answer, asked.length);
    if (counted) return counted;
    if (answer === LATE) this.slowUntil = performance.now() + SLOW_MS;
    // It may be carried out after all. Minutes lapse by themselves.
    void this.change(slot, asked.filter(isSlot).map(withoutChange));
    return undefined;
  }

  /** Corrects what was taken, and gives slots back. */
  async change(slot: string, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const keys = changes.map(({ asked }) => asked);
    const args = changes.flatMap(({ asked, endsAt, by }) => [asked.kind, endsAt, by]);
    await this.inTime(this.run(CHANGE, keys, [slot, WINDOW_MS, ...args]));
  }

  /** Says that these slots are still taken. */
  async renew(slots: readonly Slot[]): Promise<void> {
    if (!this.isUsable) return;
    for (let first = 0; first < slots.length; first += SLOTS_AT_A_TIME) {
      const some = slots.slice(first, first + SLOTS_AT_A_TIME);
      const keys = some.map(({ asked }) => keyOf(asked));
      await this.inTime(this.link.run(RENEW, keys, [this.leaseMs, ...some.map(({ id }) => id)]));
    }
  }

  /** Forgets the minutes of a holder. */
  async reset(of: LimitOwner, holder: string): Promise<void> {
    const windows = (["REQUESTS", "TOKENS"] as const).map((kind) => keyOf({ of, holder, kind }));
    await this.inTime(this.link.run(FORGET, windows, []));
  }

  private run(script: string, asked: readonly Asked[], args: (string | number)[]): Promise<unknown> {
    return this.link.run(script, asked.map(keyOf), args);
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

const isSlot = ({ kind }: Asked): boolean => kind === "CONCURRENCY";
const withoutChange = (asked: Asked): Change => ({ asked, endsAt: 0, by: 0 });

const keyOf = ({ of, holder, kind }: Pick<Asked, "of" | "holder" | "kind">): string =>
  `tollgate:limits:${of}:${holder}:${kind}`;

/** Four numbers for each limit. */
function readCounted(answer: unknown, count: number): Counted[] | undefined {
  if (!Array.isArray(answer) || answer.length !== count * 4 || !answer.every(Number.isFinite)) return undefined;
  const numbers = answer as number[];
  return Array.from({ length: count }, (_, index) => {
    const [isOver, used = 0, resetMs = 0, endsAt = 0] = numbers.slice(index * 4);
    return { isOver: isOver === 1, used, resetMs, endsAt };
  });
}

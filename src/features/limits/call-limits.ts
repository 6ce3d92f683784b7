import type { CallLimit, LimitKind, LimitOwner, LimitSink } from "../../auth/call-limits.js";
import type { TeamViewer } from "../../auth/viewer.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import { newId } from "../../lib/ids.js";
import type { Logger } from "../../lib/log.js";
import type { Events } from "../../lib/observe/events.js";
import { Tally } from "../../lib/tally.js";
import type { SharedRedis } from "../../streams/redis/open-redis.js";
import type { Standing } from "./counting/counter.js";
import { MemoryCounters } from "./counting/memory-counters.js";
import { RedisCounters } from "./counting/redis-counters.js";
import { LimitHold } from "./limit-hold.js";
import { refusalOf, refusingOf, stateOf } from "./limit-state.js";
import type { Counted, RefusalCounts } from "./refusal-counts.js";

const NOTHING: readonly Standing[] = [];
/** Calls whose slots are renewed in one step. Each has two slots at most. */
const HOLDS_AT_A_TIME = 250;

export interface CallLimitsDeps {
  readonly clock: Clock;
  readonly redis: SharedRedis;
  readonly events: Events;
  readonly log: Logger;
  readonly counts: RefusalCounts;
  readonly leaseMs: number;
}

/**
 * Holds calls to the limits of their team and of their key. With Redis they are counted over all processes, and without
 * it in each process alone. While Redis is away, too slow or refuses, this process goes on alone: no call waits for Redis longer
 * than a second, and none fails because of it.
 */
export class CallLimits {
  private readonly memory: MemoryCounters;
  private readonly shared: RedisCounters;
  /** The calls of this process that run, with limits or without, because a limit may be set while they run. */
  private readonly running = { TEAM: new Tally(), KEY: new Tally() };
  private readonly holds = new Set<LimitHold>();
  private isAlone = false;

  constructor(private readonly deps: CallLimitsDeps) {
    const { clock, redis, leaseMs } = deps;
    this.memory = new MemoryCounters(clock, this.runningOf);
    this.shared = new RedisCounters(redis.link, leaseMs);
    redis.peers.onChanged("limits", (ids) => {
      for (const id of ids) this.forget(...countedIn(id));
    });
  }

  /**
   * Counts a call by its limits, or throws RATE_LIMITED and counts nothing. `tokens` estimates what the call needs. The
   * sink is told where the limits stand, in both cases.
   */
  async take(viewer: TeamViewer, tokens: () => number, sink: LimitSink | null): Promise<LimitHold> {
    const { limits } = viewer;
    if (limits.length === 0) return this.hold(viewer, NOTHING, undefined);
    const estimate = limits.some(({ kind }) => kind === "TOKENS") ? tokens() : 0;
    const slot = newId();
    const full = limits.filter((limit) => limit.isEnforced && this.isFullHere(limit));
    const counted = await this.countShared(slot, limits, estimate, full);
    const standings = counted ?? this.memory.take(limits, estimate);
    const refusing = refusingOf(standings);
    if (sink) sink.limits = stateOf(standings, refusing);
    if (refusing) throw refusalOf(refusing);
    return this.hold(viewer, standings, counted && slot);
  }

  /** To be called when `take` has thrown, and the request is no repeated one. Counts the refusal. */
  refused({ teamId, keyId }: TeamViewer, refusal: unknown): void {
    if (!(refusal instanceof DomainError) || refusal.code !== "RATE_LIMITED") return;
    const { limit, of } = refusal.data as { readonly limit: LimitKind; readonly of: LimitOwner };
    this.deps.counts.add(of, of === "TEAM" ? teamId : keyId);
    this.deps.events.tell("limit", { limit, of, isEnforced: true });
  }

  /** To be called when a call was admitted. Counts the limits that would have refused it if they were enforced. */
  admitted({ overrun }: LimitHold): void {
    for (const { of, holder, kind } of overrun) {
      this.deps.counts.add(of, holder);
      this.deps.events.tell("limit", { limit: kind, of, isEnforced: false });
    }
  }

  /**
   * Empties the minutes of a team or of a key, in all processes that Redis reaches. Calls that run are still counted. What
   * the budget refused is forgotten too, if one is given.
   */
  async reset(of: LimitOwner, holder: string, budget: "UNPAID_COST" | "JOB_ALLOWANCE" | null): Promise<void> {
    for (const counted of budget ? [of, budget] : [of]) {
      this.forget(counted, holder);
      this.deps.redis.peers.tell(`limits:${counted}:${holder}`);
    }
    if (this.shared.isUsable) await this.shared.reset(of, holder);
  }

  /** Tells Redis which calls still run. That also counts calls that began while it was away. */
  async renew(): Promise<void> {
    if (this.shared.isUsable) this.shared.giveBackOwed();
    const holds = [...this.holds];
    for (let first = 0; first < holds.length && this.shared.isUsable; first += HOLDS_AT_A_TIME) {
      // A call that ended while the step before was under way has given its slots back.
      const running = holds.slice(first, first + HOLDS_AT_A_TIME).filter((hold) => this.holds.has(hold));
      await this.shared.renew(running.flatMap((hold) => hold.slots));
    }
  }

  /** To be called when all calls have ended, before Redis is closed: otherwise their slots count until their leases are over. */
  close(): Promise<void> {
    return this.shared.flush();
  }

  /**
   * Counts a call on Redis. Undefined if that is not possible. If limits are full here, they refuse the call, and Redis only
   * tells where the others stand: it may not know of all calls that run here.
   */
  private async countShared(
    slot: string,
    limits: readonly CallLimit[],
    tokens: number,
    full: readonly CallLimit[],
  ): Promise<readonly Standing[] | undefined> {
    const { shared, memory } = this;
    const isUsable = shared.isUsable;
    if (full.length === 0) {
      const counted = isUsable ? await shared.take(slot, limits, tokens) : undefined;
      this.tellIfAlone(counted === undefined);
      return counted;
    }
    const refusing = memory.take(full, tokens);
    const others = isUsable
      ? await shared.look(
          limits.filter((limit) => !full.includes(limit)),
          tokens,
        )
      : undefined;
    return others && [...refusing, ...others];
  }

  private hold(viewer: TeamViewer, standings: readonly Standing[], sharedSlot: string | undefined): LimitHold {
    const { memory, shared, holds } = this;
    const { TEAM, KEY } = this.running;
    const { teamId, keyId } = viewer;
    TEAM.add(teamId);
    KEY.add(keyId);
    const hold = new LimitHold(standings, sharedSlot, { memory, shared }, (ended) => {
      TEAM.remove(teamId);
      KEY.remove(keyId);
      holds.delete(ended);
    });
    if (standings.length > 0) holds.add(hold);
    return hold;
  }

  private forget(counted: Counted, holder: string): void {
    if (counted === "TEAM" || counted === "KEY") this.memory.reset(counted, holder);
    this.deps.counts.forget(counted, holder);
  }

  private runningOf = ({ of, holder }: CallLimit): number => this.running[of].of(holder);

  /** Calls that run here are a part of all: if they are as many as the limit, Redis need not be asked. */
  private isFullHere(limit: CallLimit): boolean {
    return limit.kind === "CONCURRENCY" && this.runningOf(limit) >= limit.max;
  }

  private tellIfAlone(isAlone: boolean): void {
    if (this.deps.redis.address === undefined || isAlone === this.isAlone) return;
    this.isAlone = isAlone;
    if (isAlone)
      this.deps.log.warn(
        "Redis is away, too slow, or refuses to run scripts. This process counts the limits of calls alone.",
      );
    else this.deps.log.info("The limits of calls are counted with the other processes again.");
  }
}

function countedIn(id: string): [counted: Counted, holder: string] {
  const colon = id.indexOf(":");
  return [id.slice(0, colon) as Counted, id.slice(colon + 1)];
}

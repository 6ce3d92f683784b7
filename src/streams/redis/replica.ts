import { setTimeout as sleep } from "node:timers/promises";
import { unlessAborted } from "../../lib/async/abortable.js";
import { Waiters } from "../../lib/async/waiters.js";
import { withResolve } from "../../lib/async/with-resolve.js";
import { newId } from "../../lib/ids.js";
import { once } from "../../lib/once.js";
import type { MemoryStreamLog } from "../memory-stream-log.js";
import { type LogEntry, logKey, type PlainForm, readEntry } from "./log-entry.js";
import type { Peers } from "./peers.js";
import type { RedisLink } from "./redis-link.js";
import type { StreamEntry } from "./stream-reader.js";

/** How a log has ended, as far as that is known without Redis. */
export interface LogEnd<Item> {
  readonly last: Item;
  /** Whether its process came to the end itself. Then what is missing of the log is on its way. */
  readonly isComplete: boolean;
}

export interface ReplicaParts<Item, State> {
  readonly link: RedisLink;
  readonly peers: Peers;
  /** Where the replicas are kept. Nobody else writes into it. */
  readonly log: MemoryStreamLog<Item, State>;
  readonly form: PlainForm<Item, State>;
  /** Waits until a log has ended. Undefined if `signal` aborts first. */
  readonly endOf: (key: string, signal: AbortSignal) => Promise<LogEnd<Item> | undefined>;
}

/**
 * How long the process that writes a log may take to answer. If it does not, it may be dead: what Redis has is shown. Or it
 * did not hear the question, because it was just connecting: it is asked again.
 */
const ANSWER_MS = 1_000;
/** How long the last items may take after the log has ended. */
const TAIL_MS = 500;
/** How soon it is asked again for everything, if what came had a hole or could not be read. */
const ASK_AGAIN_MS = 500;

/** A log that another process writes, as this one reads it from Redis. */
export class Replica<Item, State> {
  readers = 0;
  isLost = false;
  private last = 0;
  private end: number | undefined;
  private token = "";
  private isLate = false;
  /** Run while an answer is awaited, and while it is about to be asked again. */
  private answerTimer: NodeJS.Timeout | undefined;
  private askTimer: NodeJS.Timeout | undefined;
  private readonly left = new AbortController();
  private hasFinished = false;
  private readonly gotReady = withResolve<void>();
  /** The readers that are ahead of the replica. */
  private readonly ahead = new Waiters();
  private readonly gotWhole = withResolve<void>();
  private readonly unwatch: () => void;
  private readonly unfollow: () => void;

  /** `ended` is called when nothing more comes. */
  constructor(
    private readonly key: string,
    private readonly parts: ReplicaParts<Item, State>,
    private readonly ended: () => void,
  ) {
    const { link, peers } = parts;
    this.unwatch = peers.watch(`log:${key}`);
    this.unfollow = link.follow(logKey(key), "0", (entries) => this.take(entries));
    if (link.isUp) this.ask();
    void this.awaitEnd();
  }

  /**
   * Resolves when a reader at this position can go on, or nothing comes any more. One who is ahead, since it comes from the
   * process that writes the log, waits for an answer of that process: what the replica has is a part of what it has.
   */
  async readyFor(position: number, signal: AbortSignal): Promise<void> {
    await unlessAborted(signal, this.gotReady.promise);
    if (position <= this.last || this.hasFinished) return;
    this.ask();
    await this.ahead.next(signal);
  }

  /** Whether readers have got something, or may have. */
  get hasBegun(): boolean {
    return this.last > 0;
  }

  /**
   * Asks the process that writes the log for everything that is there. Until it answers, what Redis has may be older than
   * what a reader has already got elsewhere.
   */
  ask(): void {
    this.token = newId();
    this.parts.peers.ask(`log:${this.key}`, this.token);
    clearTimeout(this.answerTimer);
    this.answerTimer = setTimeout(() => this.isNotAnswered(), ANSWER_MS).unref();
  }

  /** Redis is away, and what comes meanwhile is missed. */
  lose(): void {
    this.isLost = true;
    this.leave();
  }

  /** Nobody reads it any more. */
  leave(): void {
    this.left.abort(LEFT);
    this.finish();
  }

  private isNotAnswered(): void {
    this.isLate = true;
    if (this.hasBegun) this.gotReady.resolve();
    this.ask();
  }

  private take(entries: readonly StreamEntry[]): void {
    for (const entry of entries) {
      const read = readEntry(entry, this.parts.form);
      if (!read || !this.apply(read)) this.askAgain();
      else if (read.answers.includes(this.token)) {
        clearTimeout(this.answerTimer);
        this.gotReady.resolve();
        this.ahead.wake();
      } else if (this.isLate) this.gotReady.resolve();
    }
  }

  /** Returns false if items are missing before those of the entry. */
  private apply({ sequence, content, end }: LogEntry<Item, State>): boolean {
    const { log } = this.parts;
    if ("state" in content) {
      if (sequence > this.last) log.replace(this.key, sequence, content.state);
    } else {
      const before = sequence - content.items.length;
      if (before > this.last) return false;
      for (const item of content.items.slice(this.last - before)) {
        log.append(this.key, item);
        this.last += 1;
      }
    }
    this.last = Math.max(this.last, sequence);
    if (end === undefined) return true;
    this.end = end;
    if (this.last === end - 1) this.gotWhole.resolve();
    return true;
  }

  private askAgain(): void {
    this.askTimer ??= setTimeout(() => {
      this.askTimer = undefined;
      this.ask();
    }, ASK_AGAIN_MS).unref();
  }

  /** The end is known by other means than Redis, so that a reader learns of it whatever becomes of the other process. */
  private async awaitEnd(): Promise<void> {
    const { log, endOf } = this.parts;
    const { signal } = this.left;
    const ended = await endOf(this.key, signal).catch(() => undefined);
    if (signal.aborted) return;
    if (this.hasBegun && ended?.isComplete !== false)
      await unlessAborted(signal, Promise.race([this.gotWhole.promise, sleep(TAIL_MS, undefined, { ref: false })]));
    if (signal.aborted) return;
    if (ended && this.end === this.last + 1) log.append(this.key, ended.last);
    this.finish();
  }

  private readonly finish = once(() => {
    clearTimeout(this.answerTimer);
    clearTimeout(this.askTimer);
    this.unwatch();
    this.unfollow();
    this.parts.log.forget(this.key);
    this.hasFinished = true;
    this.gotReady.resolve();
    this.ahead.wake();
    this.ended();
  });
}

/** Without a reason, each abort would make an error with a stack of its own. */
const LEFT = new Error("Nobody reads the replica any more.");

import { setImmediate as nextTurn } from "node:timers/promises";
import { Waiters } from "../lib/async/waiters.js";
import type { Batch, Numbered, StreamLog } from "./stream-log.js";

export interface MemoryStreamLogOptions<Item, State> {
  /**
   * Returns the state after further items. `undefined` is the state before the first item. It must return a new value
   * each time, because readers keep it.
   */
  readonly fold: (state: State | undefined, items: readonly Item[]) => State;
  /** Returns how much an item counts towards `sizeMax`, such as its number of characters. */
  readonly sizeOf: (item: Item) => number;
  /** How many items of one log are kept apart, and their total size. Beyond either limit the older half is folded. */
  readonly itemsMax: number;
  readonly sizeMax: number;
  /** How long a closed log is kept, in milliseconds. */
  readonly keptMs: number;
}

interface Log<Item, State> {
  /** The items after number `folded`. */
  items: Item[];
  size: number;
  folded: number;
  state: State | undefined;
  isClosed: boolean;
  /** The readers that have read everything and wait for more. */
  readonly readers: Waiters;
}

/** Hears of every change of a log at once, before the readers do. */
export interface LogListener {
  appended(key: string): void;
  /** Nothing more comes. The log can still be read, for the last time. */
  closing(key: string): void;
}

/** The logs of one process, in its memory. They are lost when the process ends. */
export class MemoryStreamLog<Item, State> implements StreamLog<Item, State> {
  private readonly logs = new Map<string, Log<Item, State>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private listener: LogListener | undefined;

  constructor(private readonly options: MemoryStreamLogOptions<Item, State>) {}

  /** How many logs there are. A closed log counts until it is forgotten. */
  get count(): number {
    return this.logs.size;
  }

  /** Sets the one listener. */
  listen(listener: LogListener): void {
    this.listener = listener;
  }

  append(key: string, item: Item): void {
    const log = this.logs.get(key) ?? this.open(key);
    // Its readers have been told that nothing more comes.
    if (log.isClosed) return;
    const size = this.options.sizeOf(item);
    log.items.push(item);
    log.size += size;
    while (log.items.length > this.options.itemsMax || log.size > this.options.sizeMax) this.foldOlderHalf(log);
    this.listener?.appended(key);
    log.readers.wake();
  }

  /** Puts a state in the place of all items up to `sequence`, of which this log has not seen each. */
  replace(key: string, sequence: number, state: State): void {
    const log = this.logs.get(key) ?? this.open(key);
    if (log.isClosed) return;
    Object.assign(log, { items: [], size: 0, folded: sequence, state });
    log.readers.wake();
  }

  close(key: string): void {
    const log = this.logs.get(key);
    if (!log || log.isClosed) return;
    this.listener?.closing(key);
    log.isClosed = true;
    log.readers.wake();
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.logs.delete(key);
    }, this.options.keptMs).unref();
    this.timers.add(timer);
  }

  forget(key: string): void {
    const log = this.logs.get(key);
    if (!log) return;
    if (!log.isClosed) this.listener?.closing(key);
    log.isClosed = true;
    log.readers.wake();
    this.logs.delete(key);
  }

  has(key: string): boolean {
    return this.logs.has(key);
  }

  async *read(key: string, after: number, signal: AbortSignal): AsyncGenerator<Batch<Item, State>, void, undefined> {
    const log = this.logs.get(key);
    if (!log) return;
    let position = after;
    while (!signal.aborted) {
      const batch = this.batchOf(log, position);
      if (batch) {
        position = log.folded + log.items.length;
        yield batch;
      } else if (log.isClosed) {
        return;
      } else {
        await log.readers.next(signal);
        // Waits one turn of the event loop, so that all items of that turn are read in one batch.
        await nextTurn();
      }
    }
  }

  /** Returns what a reader at this position would get now: undefined if there is nothing more, or no log. */
  batchAfter(key: string, position: number): Batch<Item, State> | undefined {
    const log = this.logs.get(key);
    return log && this.batchOf(log, position);
  }

  /** Forgets everything and ends all reading. */
  dispose(): void {
    for (const timer of this.timers) clearTimeout(timer);
    for (const log of this.logs.values()) {
      log.isClosed = true;
      log.readers.wake();
    }
    this.logs.clear();
  }

  private batchOf(log: Log<Item, State>, position: number): Batch<Item, State> | undefined {
    const last = log.folded + log.items.length;
    if (position < log.folded || position > last)
      return { kind: "state", sequence: last, state: this.options.fold(log.state, log.items) };
    return position < last ? { kind: "items", items: numbered(log, position) } : undefined;
  }

  private open(key: string): Log<Item, State> {
    const log: Log<Item, State> = {
      items: [],
      size: 0,
      folded: 0,
      state: undefined,
      isClosed: false,
      readers: new Waiters(),
    };
    this.logs.set(key, log);
    return log;
  }

  private foldOlderHalf(log: Log<Item, State>): void {
    const older = log.items.splice(0, Math.ceil(log.items.length / 2));
    log.state = this.options.fold(log.state, older);
    log.folded += older.length;
    for (const item of older) log.size -= this.options.sizeOf(item);
  }
}

function numbered<Item, State>(log: Log<Item, State>, after: number): Numbered<Item>[] {
  return log.items.slice(after - log.folded).map((item, index) => ({ sequence: after + index + 1, item }));
}

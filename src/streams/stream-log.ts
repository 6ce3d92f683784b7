/**
 * What happens to one thing, kept in order under a key, for any number of readers who come and go and start anywhere.
 * A reader is a place in the log: it cannot slow the writer or another reader, and what it has not read costs nothing
 * but the log itself. Old items are folded into one state, so that a log stays within its limits; a reader whose place
 * is older than that gets the state instead of what it missed: never a hole, never a repeat.
 */
export interface StreamLog<Item, State> {
  /** Adds an item, numbered 1, 2, 3 ... within its key, and wakes readers. Never waits for them. */
  append(key: string, item: Item): void;
  /** No more items come. The log is kept for a while, then forgotten. */
  close(key: string): void;
  /** Whether there is a log under this key. */
  has(key: string): boolean;
  /**
   * What comes after item number `after`: at once what is there, in one batch, then what comes, until the log is closed or
   * `signal` aborts. A place that the log has not reached yet cannot come from it, and gets the state. Ends at once where
   * there is no log.
   */
  read(key: string, after: number, signal: AbortSignal): AsyncIterable<Batch<Item, State>>;
}

export type Batch<Item, State> =
  /** Replaces all items up to `sequence`. */
  | { readonly kind: "state"; readonly sequence: number; readonly state: State }
  | { readonly kind: "items"; readonly items: readonly Numbered<Item>[] };

export interface Numbered<Item> {
  readonly sequence: number;
  readonly item: Item;
}

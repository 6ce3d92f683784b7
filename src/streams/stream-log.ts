/**
 * What happens to one thing, in order, under a key. Any number of readers may come and go, and each may start anywhere.
 * A reader is only a position in the log, so it cannot slow the writer or another reader. Old items are folded into one
 * state, so that a log stays within its limits. A reader with an older position gets this state instead of the items
 * that it missed. It sees no gap and no repeat.
 */
export interface StreamLog<Item, State> {
  /**
   * Adds an item and wakes the readers, but never waits for them. Items are numbered 1, 2, 3 ... within their key. An
   * item that comes after the log was closed is ignored.
   */
  append(key: string, item: Item): void;
  /** Tells that no more items come. The log is kept for a while, then forgotten. */
  close(key: string): void;
  /** The same, but only those who are reading it read it to its end, and it is forgotten at once. */
  forget(key: string): void;
  /** Whether there is a log under this key. */
  has(key: string): boolean;
  /**
   * Yields what comes after item number `after`: first all items that are there, in one batch, then new ones as they
   * come. Ends when the log is closed or `signal` aborts, and at once if there is no log. A position that the log has
   * not reached cannot come from this log, so its reader gets the state.
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

/** An async iterator that can be left at any moment. */
export interface Leavable<Item> extends AsyncIterableIterator<Item, void, undefined> {
  return(): Promise<IteratorResult<Item, void>>;
  throw(error: unknown): Promise<IteratorResult<Item, void>>;
}

/**
 * Makes a generator leavable. One that waits inside `await` does not hear `return()` until that wait is over, so that a
 * quiet stream would keep its reader for ever; here `return()` and `throw()` first abort the signal that it waits on.
 */
export function abortable<Item>(make: (signal: AbortSignal) => AsyncGenerator<Item, void, undefined>): Leavable<Item> {
  const controller = new AbortController();
  const items = make(controller.signal);
  const iterator: Leavable<Item> = {
    next: () => items.next(),
    return: () => {
      controller.abort();
      return items.return();
    },
    throw: (error) => {
      controller.abort();
      return items.throw(error);
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** Resolves when `signal` aborts or `wait` does, whichever is first, and leaves no listener behind. */
export async function unlessAborted(signal: AbortSignal, wait: Promise<unknown>): Promise<void> {
  if (signal.aborted) return;
  let stop: () => void = () => {};
  const aborted = new Promise<void>((resolve) => {
    // Not with the event, which `wait` would hold on to, and by it to all that the signal knows.
    stop = () => resolve();
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([wait, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Calls `leave` when `signal` aborts, and at once if it has aborted already. */
export function leaveOn(signal: AbortSignal, leave: () => unknown): void {
  if (signal.aborted) leave();
  else signal.addEventListener("abort", () => void leave(), { once: true });
}

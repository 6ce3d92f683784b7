/** An async iterator that its reader may leave at any moment, even while it waits for the next item. */
export interface Leavable<Item> extends AsyncIterableIterator<Item, void, undefined> {
  return(): Promise<IteratorResult<Item, void>>;
  throw(error: unknown): Promise<IteratorResult<Item, void>>;
}

/** Why the signals of all readers abort. Without a reason, each abort would make an error with a stack of its own. */
const LEFT = new Error("The reader has left.");

/**
 * Makes a generator leavable. A generator that waits inside `await` does not notice `return()` until the wait is over,
 * so a reader could not leave a quiet stream. Here `return()` and `throw()` first abort the controller on whose signal
 * the generator waits.
 */
export function abortable<Item>(
  make: (controller: AbortController) => AsyncGenerator<Item, void, undefined>,
): Leavable<Item> {
  const controller = new AbortController();
  const items = make(controller);
  const iterator: Leavable<Item> = {
    next: () => items.next(),
    return: () => {
      controller.abort(LEFT);
      return items.return();
    },
    throw: (error) => {
      controller.abort(LEFT);
      return items.throw(error);
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/**
 * Resolves when `signal` aborts or `wait` resolves, whichever is first. Rejects if `wait` rejects first. It leaves no
 * listener on the signal.
 */
export async function unlessAborted(signal: AbortSignal, wait: Promise<unknown>): Promise<void> {
  if (signal.aborted) return;
  let stop: () => void = () => {};
  const aborted = new Promise<void>((resolve) => {
    // Resolves without the event. A long `wait` would keep the event in memory, and with it all that the signal refers
    // to.
    stop = () => resolve();
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([wait, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Settles as `work` does, or rejects with the signal's reason if it aborts first. It leaves no listener on the signal. */
export function orAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    const leave = () => signal.removeEventListener("abort", abort);
    work.then(
      (result) => {
        leave();
        resolve(result);
      },
      (error) => {
        leave();
        reject(error);
      },
    );
  });
}

/** Calls `leave` when `signal` aborts, or at once if it has aborted already. */
export function leaveOn(signal: AbortSignal, leave: () => unknown): void {
  if (signal.aborted) leave();
  else signal.addEventListener("abort", () => void leave(), { once: true });
}

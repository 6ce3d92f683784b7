/** What the work comes to, or, as soon as the signal aborts, its reason; the work itself is not stopped. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Aborts after so long, saying what was waited for. It keeps nobody waiting: the process may end before. */
export function deadline(what: string, ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error(`${what} within ${ms / 1_000} s.`)), ms).unref();
  return controller.signal;
}

import { RequestFailed } from "./request-failed.js";

/**
 * Limits how long a client waits for something. `signal` aborts with RequestFailed if nothing came for `timeoutMs`, and with the
 * reason of `interrupted` as soon as that aborts.
 */
export class Patience {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly interrupt = () => this.controller.abort(this.interrupted.reason);

  constructor(
    what: string,
    timeoutMs: number,
    private readonly interrupted: AbortSignal,
  ) {
    const timeUp = () => this.controller.abort(new RequestFailed(`${what} within ${timeoutMs / 1_000} s.`));
    this.timer = setTimeout(timeUp, timeoutMs);
    if (interrupted.aborted) this.interrupt();
    interrupted.addEventListener("abort", this.interrupt);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Returns what the work returns. Throws the signal's reason as soon as it aborts; the work itself is not stopped. */
  wait<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    });
  }

  /** Something came, so the time begins anew. */
  renew(): void {
    this.timer.refresh();
  }

  /** The wait is over: nothing aborts any more. */
  end(): void {
    clearTimeout(this.timer);
    this.interrupted.removeEventListener("abort", this.interrupt);
  }
}

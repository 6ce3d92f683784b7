import { RequestFailed } from "./request-failed.js";

/**
 * How long a request may keep the demo waiting: `signal` aborts with RequestFailed when nothing came for so long, and
 * when the demo is interrupted, with the reason for that.
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

  /** Something came. */
  renew(): void {
    this.timer.refresh();
  }

  /** The request is over, and nothing aborts any more. */
  end(): void {
    clearTimeout(this.timer);
    this.interrupted.removeEventListener("abort", this.interrupt);
  }
}

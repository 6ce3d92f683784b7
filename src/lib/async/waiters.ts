/**
 * Callers that wait for the next time that something happens. A caller that stops waiting leaves nothing behind. If all
 * waited for one promise, it would hold each of them in memory until it resolves.
 */
export class Waiters {
  private readonly waiting = new Set<() => void>();

  get count(): number {
    return this.waiting.size;
  }

  /** Wakes all callers that wait now. */
  wake(): void {
    for (const stop of [...this.waiting]) stop();
  }

  /** Resolves at the next `wake`, or when `signal` aborts. */
  next(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = () => {
        this.waiting.delete(stop);
        signal.removeEventListener("abort", stop);
        resolve();
      };
      this.waiting.add(stop);
      signal.addEventListener("abort", stop);
    });
  }
}

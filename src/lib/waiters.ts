/**
 * Those who wait for the next time that something happens. Who stops waiting leaves nothing behind, unlike with a promise
 * that many wait for, which holds on to each of them until it is resolved.
 */
export class Waiters {
  private readonly waiting = new Set<() => void>();

  get count(): number {
    return this.waiting.size;
  }

  /** It has happened: wakes all who wait now. */
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

import { DomainError } from "../../lib/errors.js";
import type { Batch } from "../stream-log.js";
import { Replica, type ReplicaParts } from "./replica.js";

/** The logs of other processes, as far as someone here follows them. All followers of a log share one replica of it. */
export class LogReplicas<Item, State> {
  private readonly replicas = new Map<string, Replica<Item, State>>();

  constructor(private readonly parts: ReplicaParts<Item, State>) {
    parts.link.onChange(() => this.linkChanged());
  }

  /** How many logs are followed. */
  get count(): number {
    return this.replicas.size;
  }

  /**
   * Yields like `StreamLog.read`, and ends when the log has ended. If Redis is away, or has no such log, it yields nothing
   * until Redis is back or the log has ended. Throws UNAVAILABLE if Redis goes away after something was read: the
   * reader may come back with its position.
   */
  async *read(key: string, after: number, signal: AbortSignal): AsyncGenerator<Batch<Item, State>, void, undefined> {
    const replica = this.replicas.get(key) ?? this.open(key);
    replica.readers += 1;
    try {
      await replica.readyFor(after, signal);
      yield* this.parts.log.read(key, after, signal);
      if (replica.isLost && !signal.aborted) throw cut();
    } finally {
      replica.readers -= 1;
      if (replica.readers === 0) this.close(key, replica);
    }
  }

  private open(key: string): Replica<Item, State> {
    const replica = new Replica(key, this.parts, () => this.forget(key, replica));
    this.replicas.set(key, replica);
    return replica;
  }

  private close(key: string, replica: Replica<Item, State>): void {
    this.forget(key, replica);
    replica.leave();
  }

  private forget(key: string, replica: Replica<Item, State>): void {
    if (this.replicas.get(key) === replica) this.replicas.delete(key);
  }

  private linkChanged(): void {
    for (const [key, replica] of this.replicas) {
      if (this.parts.link.isUp) replica.ask();
      else if (replica.hasBegun) {
        this.forget(key, replica);
        replica.lose();
      }
    }
  }
}

const cut = (): DomainError =>
  new DomainError(
    "UNAVAILABLE",
    "The call runs in another process of the gateway, which cannot be reached at the moment. The call goes on. Follow it again, after the last event that was received.",
  );

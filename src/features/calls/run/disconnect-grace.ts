import { once } from "../../../lib/once.js";
import type { OnDisconnect } from "../commit/admitted-call.js";

export interface DisconnectGraceParts {
  readonly onDisconnect: OnDisconnect;
  readonly graceMs: number;
  /** Whether the call has followers in other processes. It is asked each time that the grace is over. */
  readonly isFollowedElsewhere: () => boolean;
  readonly giveUp: () => void;
}

/** Counts the followers of a call, and gives the call up if it has had none for a while. */
export class DisconnectGrace {
  private followers = 0;
  /** Runs while there is no follower. */
  private timer: NodeJS.Timeout | undefined;
  private hasEnded = false;

  constructor(private readonly parts: DisconnectGraceParts) {
    this.awaitFollowers();
  }

  /** Counts one more follower, until the returned function is called. */
  join(): () => void {
    this.followers += 1;
    clearTimeout(this.timer);
    return once(() => {
      this.followers -= 1;
      this.awaitFollowers();
    });
  }

  /** The call is over. */
  end(): void {
    this.hasEnded = true;
    clearTimeout(this.timer);
  }

  private awaitFollowers(): void {
    const { onDisconnect, graceMs, isFollowedElsewhere, giveUp } = this.parts;
    if (this.hasEnded || this.followers > 0 || onDisconnect === "FINISH") return;
    this.timer = setTimeout(() => (isFollowedElsewhere() ? this.awaitFollowers() : giveUp()), graceMs).unref();
  }
}

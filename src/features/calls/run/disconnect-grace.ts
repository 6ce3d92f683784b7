import { once } from "../../../lib/once.js";
import type { OnDisconnect } from "../commit/admitted-call.js";

/** Counts the followers of a call, and gives the call up if it has had none for a while. */
export class DisconnectGrace {
  private followers = 0;
  /** Runs while there is no follower. */
  private timer: NodeJS.Timeout | undefined;
  private hasEnded = false;

  constructor(
    private readonly onDisconnect: OnDisconnect,
    private readonly graceMs: number,
    private readonly giveUp: () => void,
  ) {
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
    if (this.hasEnded || this.followers > 0 || this.onDisconnect === "FINISH") return;
    this.timer = setTimeout(this.giveUp, this.graceMs).unref();
  }
}

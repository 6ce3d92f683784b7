import type { Peers } from "../../streams/redis/peers.js";
import type { AccessWatch } from "./access-watch.js";
import type { KeyHolders } from "./key-holders.js";

/** Makes changes of access take effect at once, in this process and in those that Redis reaches. */
export class AccessChanges {
  constructor(
    private readonly holders: KeyHolders,
    private readonly accessWatch: AccessWatch,
    private readonly peers: Peers,
  ) {
    peers.onChanged("access", (teamIds) => this.apply(teamIds));
  }

  /** To be called when a team was suspended or resumed, one of its keys was revoked, or its limits were changed. */
  made(teamId: string): void {
    this.apply([teamId]);
    this.peers.tell(`access:${teamId}`);
  }

  private apply(teamIds: readonly string[]): void {
    for (const teamId of teamIds) this.holders.forgetTeam(teamId);
    this.accessWatch.refreshSoon();
  }
}

import type { Peers } from "../../streams/redis/peers.js";
import type { AccessWatch } from "./access-watch.js";
import type { KeyHolders } from "./holders/key-holders.js";
import type { SessionHolders } from "./sessions/session-holders.js";

/** Makes changes of access take effect at once, in this process and in those that Redis reaches. */
export class AccessChanges {
  constructor(
    private readonly holders: KeyHolders,
    private readonly sessionHolders: SessionHolders,
    private readonly accessWatch: AccessWatch,
    private readonly peers: Peers,
  ) {
    peers.onChanged("access", (ids) => this.apply(ids));
  }

  /**
   * To be called with the id of a team, or of an organization, that was suspended, resumed or deleted, or one of whose keys
   * was revoked or changed, or whose limits were changed.
   */
  made(teamOrOrganizationId: string): void {
    this.apply([teamOrOrganizationId]);
    this.peers.tell(`access:${teamOrOrganizationId}`);
  }

  private apply(ids: readonly string[]): void {
    for (const id of ids) {
      this.holders.forget(id);
      this.sessionHolders.forget(id);
    }
    this.accessWatch.refreshSoon();
  }
}

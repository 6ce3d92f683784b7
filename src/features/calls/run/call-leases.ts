import type { ValuesOf } from "../../../db/column-type.js";
import type { Sql } from "../../../db/statement.js";
import type { DomainError } from "../../../lib/errors.js";
import type { AccessWatch } from "../../keys/access-watch.js";
import type { LateSettlements } from "../commit/late-settlements.js";
import { findCallsToEnd, renewLeases, requestCancel } from "./call-leases.sql.js";
import { cancelledBy, jobClosedAs, leaseLost, teamSuspended } from "./end-reasons.js";
import type { RunningCalls } from "./running-calls.js";

export interface CallLeasesDeps {
  readonly sql: Sql;
  readonly running: RunningCalls;
  readonly lateSettlements: LateSettlements;
  readonly accessWatch: AccessWatch;
  readonly leaseMs: number;
}

/**
 * What holds between the process that runs a call and all others: the lease of a call says that its process lives, and
 * through the call's row the others ask for its end.
 */
export class CallLeases {
  constructor(private readonly deps: CallLeasesDeps) {}

  /** Renews the leases of all calls of this process, in one statement, and ends those that someone else has settled. */
  async renew(): Promise<void> {
    const { sql, running, leaseMs } = this.deps;
    const ids = this.heldIds;
    if (ids.length === 0) return;
    const renewed = new Set((await sql.run(renewLeases, { ids, leaseMs })).map(({ id }) => id));
    const lost = ids.filter((id) => !renewed.has(id));
    await Promise.all(lost.map((id) => running.cancel(id, leaseLost())));
  }

  /** Ends the calls of this process that another process asked to end. */
  async heed(): Promise<void> {
    const { sql, running, accessWatch } = this.deps;
    const ids = this.heldIds;
    if (ids.length === 0) return;
    const calls = await sql.run(findCallsToEnd, { ids });
    // The streams of a suspended team end with that, not with the call that is cancelled for it.
    if (calls.some(({ isSuspended }) => isSuspended)) await accessWatch.refresh();
    await Promise.all(calls.map((call) => running.cancel(call.id, reasonOf(call))));
  }

  /** Asks the process that runs a call, whichever it is, to cancel it. */
  async requestCancel(id: string, actor: string): Promise<void> {
    await this.deps.sql.run(requestCancel, { id, actor });
  }

  /** The calls of this process: those that run, and those that wait to be settled. */
  get heldIds(): string[] {
    return [...this.deps.running.ids, ...this.deps.lateSettlements.ids];
  }
}

function reasonOf({ cancelRequestedBy, closingAs, isSuspended }: ValuesOf<typeof findCallsToEnd.row>): DomainError {
  if (isSuspended) return teamSuspended();
  return cancelRequestedBy === null ? jobClosedAs(String(closingAs)) : cancelledBy(cancelRequestedBy);
}

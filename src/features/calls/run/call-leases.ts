import { suspended } from "../../../auth/policy.js";
import { authorityOf, type KnownViewer } from "../../../auth/viewer.js";
import type { Db } from "../../../db/client.js";
import type { ValuesOf } from "../../../db/column-type.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction } from "../../../db/transaction.js";
import type { DomainError } from "../../../lib/errors.js";
import type { Logger } from "../../../lib/log.js";
import type { Peers } from "../../../streams/redis/peers.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import type { AccessWatch } from "../../keys/access-watch.js";
import type { LateSettlements } from "../commit/late/late-settlements.js";
import { findCallsToEnd, renewLeases, requestCancel } from "./call-leases.sql.js";
import { cancelledBy, jobClosedAs, leaseLost, teamDeleted } from "./end-reasons.js";
import type { RunningCalls } from "./running-calls.js";

export interface CallLeasesDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly running: RunningCalls;
  readonly lateSettlements: LateSettlements;
  readonly accessWatch: AccessWatch;
  readonly peers: Peers;
  readonly log: Logger;
  readonly trail: AuditTrail;
  readonly leaseMs: number;
}

/** How long it waits for further wishes, which it then carries out together. */
const HEED_SOON_MS = 10;

/**
 * What holds between the process that runs a call and all others: the lease of a call says that its process lives, and
 * through the call's row the others ask for its end.
 */
export class CallLeases {
  private soon: NodeJS.Timeout | undefined;

  constructor(private readonly deps: CallLeasesDeps) {
    const { peers, running } = deps;
    peers.onChanged("cancel", (calls) => running.runsAny({ calls }) && this.heedSoon());
    peers.onChanged("close", (jobs) => running.runsAny({ jobs }) && this.heedSoon());
    peers.onChanged("access", (holders) => running.runsAny({ holders }) && this.heedSoon());
  }

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
    // The streams of a team that has lost its access end with that, not with the call that is cancelled for it.
    if (calls.some(({ lostBy }) => lostBy)) await accessWatch.refresh();
    await Promise.all(calls.map((call) => running.cancel(call.id, reasonOf(call))));
  }

  /**
   * Asks the process that runs a call, whichever it is, to cancel it. If it is not the team that cancels its own call, that
   * is an act of administration.
   */
  async requestCancel(viewer: KnownViewer, id: string): Promise<void> {
    const { db, sql, peers, trail } = this.deps;
    const values = { id, authority: authorityOf(viewer) };
    if (viewer.kind === "team") await sql.run(requestCancel, values);
    else
      await inTransaction(db, async (transaction) => {
        const [call] = await transaction.sql.run(requestCancel, values);
        if (!call) return;
        // It may still succeed before the process that runs it hears of this.
        const change = { before: { isCancelRequested: false }, after: { isCancelRequested: true } };
        const of = { subjectType: "LlmCall", subjectId: call.id, organizationId: call.organizationId } as const;
        await trail.record(transaction, viewer, { operation: "cancelLlmCall", ...of, ...change });
      });
    peers.tell(`cancel:${id}`);
  }

  /** Looks before its time, because another process says that it has asked for something. */
  private heedSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.heed().catch((error) =>
        this.deps.log.error({ err: error }, "What other processes ask for could not be read."),
      );
    }, HEED_SOON_MS).unref();
  }

  /** The calls of this process: those that run, and those that wait to be settled. */
  get heldIds(): string[] {
    return [...this.deps.running.ids, ...this.deps.lateSettlements.ids];
  }
}

function reasonOf({ cancelRequestedBy, closingAs, lostBy }: ValuesOf<typeof findCallsToEnd.row>): DomainError {
  if (lostBy === "DELETED") return teamDeleted();
  if (lostBy === "TEAM" || lostBy === "ORGANIZATION") return suspended(lostBy);
  return cancelRequestedBy === null ? jobClosedAs(String(closingAs)) : cancelledBy(cancelRequestedBy);
}

import type { Db } from "../../../db/database.js";
import { queryRows } from "../../../db/rows.js";
import { Prisma } from "../../../generated/prisma/client.js";
import type { Clock } from "../../../lib/clock.js";
import { DomainError } from "../../../lib/errors.js";
import type { LiveViewers } from "../../keys/access-watch.js";
import { CutByClient } from "./end-reasons.js";
import type { RunningCalls } from "./running-calls.js";

interface Wishes {
  readonly id: string;
  readonly cancelRequestedBy: string | null;
  readonly closingAs: string | null;
  readonly isSuspended: boolean;
}

/**
 * What holds between the process that runs a call and all others: its lease says that it lives, and by its row they ask it
 * to end the call.
 */
export class CallLeases {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly running: RunningCalls,
    private readonly liveViewers: LiveViewers,
    private readonly leaseMs: number,
  ) {}

  leaseFrom(now: Date): Date {
    return new Date(now.getTime() + this.leaseMs);
  }

  /** Renews the leases of all calls of this process, in one statement, and ends those that someone else has settled. */
  async renew(): Promise<void> {
    const { ids } = this.running;
    if (ids.length === 0) return;
    const renewed = await queryRows<{ id: string }>(
      this.db,
      Prisma.sql`UPDATE llm_calls SET lease_until = ${this.leaseFrom(this.clock.now())}
        WHERE id = ANY(${ids}::uuid[]) AND status = 'RUNNING' RETURNING id`,
    );
    const ours = new Set(renewed.map(({ id }) => id));
    const lost = ids.filter((id) => !ours.has(id));
    await Promise.all(lost.map((callId) => this.running.cancel({ callId }, new DomainError("CANCELLED"))));
  }

  /** Ends the calls of this process that were cancelled, or whose job was closed or team suspended, by another process. */
  async heed(): Promise<void> {
    const { ids } = this.running;
    if (ids.length === 0) return;
    const wishes = await queryRows<Wishes>(
      this.db,
      Prisma.sql`SELECT llm_calls.id, cancel_requested_by, closing_as::text AS closing_as,
          teams.status = 'SUSPENDED' OR organizations.status = 'SUSPENDED' AS is_suspended
        FROM llm_calls JOIN jobs ON jobs.id = job_id JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
        WHERE llm_calls.id = ANY(${ids}::uuid[]) AND llm_calls.status = 'RUNNING' AND (cancel_requested_by IS NOT NULL
          OR closing_as IS NOT NULL OR teams.status = 'SUSPENDED' OR organizations.status = 'SUSPENDED')`,
    );
    // Streams of a suspended team end with that, not with the call that is cancelled for it.
    if (wishes.some(({ isSuspended }) => isSuspended)) await this.liveViewers.refresh();
    await Promise.all(wishes.map((wish) => this.running.cancel({ callId: wish.id }, reasonOf(wish))));
  }

  /** Asks the process that runs a call, whichever it is, to cancel it. */
  async requestCancel(callId: string, actor: string): Promise<void> {
    await this.db
      .$executeRaw`UPDATE llm_calls SET cancel_requested_by = ${actor} WHERE id = ${callId}::uuid AND status = 'RUNNING'`;
  }
}

function reasonOf({ cancelRequestedBy, closingAs, isSuspended }: Wishes): DomainError {
  if (isSuspended) return new DomainError("TEAM_SUSPENDED");
  return cancelRequestedBy === null ? closedAs(String(closingAs)) : cancelledBy(cancelRequestedBy);
}

export const closedAs = (outcome: string): DomainError =>
  new DomainError("CANCELLED", `The call was cancelled: its job was closed as ${outcome}.`);

/** The actor is "admin", or a key of the call's own team. */
export const cancelledBy = (actor: string): DomainError =>
  actor === "admin" ? new DomainError("CANCELLED", "The call was cancelled by the admin.") : new CutByClient();

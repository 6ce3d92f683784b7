import type { Db } from "../../db/database.js";
import { queryRows } from "../../db/rows.js";
import { type LlmCall, Prisma } from "../../generated/prisma/client.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import type { CallLog } from "./call-event.js";
import { CutByClient } from "./cut-by-client.js";
import type { CallExecutor, CallToRun } from "./run-call.js";
import type { CallSettler } from "./settle-call.js";

/** Whether a call is cancelled when nobody has followed it for the grace, or goes on to its end. */
export type OnDisconnect = "CANCEL" | "FINISH";

export interface Owner {
  readonly teamId: string;
  /** The job was opened for this call, and ends with it. */
  readonly endsJob: boolean;
  readonly onDisconnect: OnDisconnect;
}

interface RunningCall extends Owner {
  readonly callId: string;
  readonly jobId: string;
  readonly abort: AbortController;
  readonly settled: Promise<LlmCall>;
  /** Who waits for it or follows it. */
  viewers: number;
  /** Runs while nobody does. */
  grace: NodeJS.Timeout | undefined;
}

type Which = { callId: string } | { jobId: string } | { teamId: string } | "all";

interface Needs {
  readonly db: Db;
  readonly clock: Clock;
  readonly executor: CallExecutor;
  readonly settler: CallSettler;
  readonly log: CallLog;
  readonly leaseMs: number;
  readonly disconnectGraceMs: number;
}

/**
 * The calls that this process runs. They belong to it and not to the sockets that asked for them: what a client that goes
 * away means for its call is the caller's choice. While a call runs its lease is renewed; if the process dies, the lease
 * runs out and the sweep settles the call.
 */
export class RunningCalls {
  private readonly calls = new Map<string, RunningCall>();
  private hasStopped = false;

  constructor(private readonly needs: Needs) {}

  /** The process is stopping, and admits nothing more. */
  get isDraining(): boolean {
    return this.hasStopped;
  }

  get count(): number {
    return this.calls.size;
  }

  /** Throws UNAVAILABLE once the process is stopping: to be asked before a call is admitted. */
  requireAdmitting(): void {
    if (this.hasStopped) throw new DomainError("UNAVAILABLE", "The gateway is stopping.");
  }

  leaseFrom(now: Date): Date {
    return new Date(now.getTime() + this.needs.leaseMs);
  }

  /** Runs an admitted call to its settlement. What it says on the way goes to the log, where anyone may follow it. */
  start(work: CallToRun, owner: Owner): void {
    const { id: callId, jobId } = work.call;
    const abort = new AbortController();
    const settled = this.execute(work, owner, abort.signal);
    // Who waits for it hears of a failure to settle; nobody may be waiting.
    settled.catch(() => undefined);
    this.calls.set(callId, { ...owner, callId, jobId, abort, settled, viewers: 0, grace: undefined });
    this.awaitViewers(callId);
  }

  /** The row of a call of this process once it is settled; undefined where it is not one of them. */
  settled(callId: string): Promise<LlmCall> | undefined {
    return this.calls.get(callId)?.settled;
  }

  /** Counts one more who waits for a call or follows it, until the returned function is called. */
  join(callId: string): () => void {
    const call = this.calls.get(callId);
    if (!call) return () => {};
    call.viewers += 1;
    clearTimeout(call.grace);
    let isHere = true;
    return () => {
      if (isHere) call.viewers -= 1;
      isHere = false;
      this.awaitViewers(callId);
    };
  }

  /** Returns when the calls that run now have settled. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.calls.values()].map((call) => call.settled));
  }

  /** Aborts the calls that fit and returns when they have settled. Calls of other processes end at their next renewal. */
  async cancel(which: Which, reason: DomainError): Promise<void> {
    const fitting = [...this.calls.values()].filter(
      (call) =>
        which === "all" ||
        Object.entries(which).every(([name, id]) => call[name as "callId" | "jobId" | "teamId"] === id),
    );
    for (const call of fitting) call.abort.abort(reason);
    await Promise.allSettled(fitting.map((call) => call.settled));
  }

  /**
   * Renews the leases of all running calls, in one statement. Aborts those that were settled by someone else, and those
   * whose job is being closed or whose team was suspended by another process.
   */
  async renewLeases(): Promise<void> {
    const ids = [...this.calls.keys()];
    if (ids.length === 0) return;
    const renewed = await queryRows<{ id: string; mustEnd: boolean }>(
      this.needs.db,
      Prisma.sql`UPDATE llm_calls SET lease_until = ${this.leaseFrom(this.needs.clock.now())}
        FROM jobs JOIN teams ON teams.id = jobs.team_id
        WHERE llm_calls.id = ANY(${ids}::uuid[]) AND llm_calls.status = 'RUNNING' AND jobs.id = llm_calls.job_id
        RETURNING llm_calls.id, jobs.closing_as IS NOT NULL OR teams.status = 'SUSPENDED' AS must_end`,
    );
    const mayGoOn = new Set(renewed.filter((call) => !call.mustEnd).map((call) => call.id));
    for (const id of ids) if (!mayGoOn.has(id)) this.calls.get(id)?.abort.abort(new DomainError("CANCELLED"));
  }

  /** Refuses new calls, waits for the running ones, and after `graceMs` aborts and settles what is left. */
  async drain(graceMs: number): Promise<void> {
    this.hasStopped = true;
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([this.idle(), grace]);
    clearTimeout(timer);
    await this.cancel("all", new DomainError("GATEWAY_RESTARTED"));
  }

  private async execute(work: CallToRun, owner: Owner, signal: AbortSignal): Promise<LlmCall> {
    const { executor, settler, log } = this.needs;
    const { id: callId } = work.call;
    log.append(callId, { type: "started", model: work.plan[0].name });
    try {
      const outcome = await executor.execute(work, signal, (item) => log.append(callId, item));
      const call = await settler.settle(work.call, outcome, owner);
      log.append(callId, { type: "finished", call });
      return call;
    } finally {
      clearTimeout(this.calls.get(callId)?.grace);
      this.calls.delete(callId);
      log.close(callId);
    }
  }

  private awaitViewers(callId: string): void {
    const call = this.calls.get(callId);
    if (!call || call.viewers > 0 || call.onDisconnect === "FINISH") return;
    const leave = () => call.abort.abort(new CutByClient("The call was cancelled: its client went away."));
    clearTimeout(call.grace);
    call.grace = setTimeout(leave, this.needs.disconnectGraceMs).unref();
  }
}

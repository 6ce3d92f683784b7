import type { Db } from "../../db/database.js";
import { queryRows } from "../../db/rows.js";
import { type LlmCall, Prisma } from "../../generated/prisma/client.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import type { CallExecutor, CallToRun } from "./run-call.js";
import type { CallSettler } from "./settle-call.js";

interface RunningCall {
  readonly callId: string;
  readonly jobId: string;
  readonly teamId: string;
  readonly abort: AbortController;
  readonly settled: Promise<LlmCall>;
}

/**
 * The calls that this process runs. They belong to it and not to the sockets that asked for them: a client that goes
 * away changes nothing. While a call runs its lease is renewed; if the process dies, the lease runs out and the sweep
 * settles the call.
 */
export class RunningCalls {
  private readonly calls = new Map<string, RunningCall>();
  private isDraining = false;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly executor: CallExecutor,
    private readonly settler: CallSettler,
    private readonly leaseMs: number,
  ) {}

  get count(): number {
    return this.calls.size;
  }

  /** Throws UNAVAILABLE once the process is stopping: to be asked before a call is admitted. */
  requireAdmitting(): void {
    if (this.isDraining) throw new DomainError("UNAVAILABLE", "The gateway is stopping.");
  }

  leaseFrom(now: Date): Date {
    return new Date(now.getTime() + this.leaseMs);
  }

  /** Runs an admitted call and returns its settled row. */
  run(work: CallToRun, owner: { teamId: string; endsJob: boolean }): Promise<LlmCall> {
    const { id: callId, jobId } = work.call;
    const abort = new AbortController();
    const settled = this.executor
      .execute(work, abort.signal)
      .then((outcome) => this.settler.settle(work.call, outcome, owner))
      .finally(() => this.calls.delete(callId));
    this.calls.set(callId, { callId, jobId, teamId: owner.teamId, abort, settled });
    return settled;
  }

  /** Returns when the calls that run now have settled. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.calls.values()].map((call) => call.settled));
  }

  /** Aborts the calls that fit and returns when they have settled. Calls of other processes end at their next renewal. */
  async cancel(which: { jobId: string } | { teamId: string } | "all", reason: DomainError): Promise<void> {
    const fitting = [...this.calls.values()].filter(
      (call) =>
        which === "all" || Object.entries(which).every(([key, value]) => call[key as "jobId" | "teamId"] === value),
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
      this.db,
      Prisma.sql`UPDATE llm_calls SET lease_until = ${this.leaseFrom(this.clock.now())}
        FROM jobs JOIN teams ON teams.id = jobs.team_id
        WHERE llm_calls.id = ANY(${ids}::uuid[]) AND llm_calls.status = 'RUNNING' AND jobs.id = llm_calls.job_id
        RETURNING llm_calls.id, jobs.closing_as IS NOT NULL OR teams.status = 'SUSPENDED' AS must_end`,
    );
    const mayGoOn = new Set(renewed.filter((call) => !call.mustEnd).map((call) => call.id));
    for (const id of ids) if (!mayGoOn.has(id)) this.calls.get(id)?.abort.abort(new DomainError("CANCELLED"));
  }

  /** Refuses new calls, waits for the running ones, and after `graceMs` aborts and settles what is left. */
  async drain(graceMs: number): Promise<void> {
    this.isDraining = true;
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([this.idle(), grace]);
    clearTimeout(timer);
    await this.cancel("all", new DomainError("GATEWAY_RESTARTED"));
  }
}

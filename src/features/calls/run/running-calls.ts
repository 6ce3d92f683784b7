import { performance } from "node:perf_hooks";
import type { OfTeam } from "../../../auth/reach.js";
import type { DomainError } from "../../../lib/errors.js";
import { gatewayStopping, type Intake } from "../../../lib/intake.js";
import type { Events } from "../../../lib/observe/events.js";
import type { Peers } from "../../../streams/redis/peers.js";
import type { BudgetRefusals } from "../../budgets/budget-refusals.js";
import type { AdmittedCall } from "../commit/admitted-call.js";
import { totalUsage } from "../commit/attempt.js";
import type { Admission } from "../commit/call-admission.js";
import type { LateSettlements } from "../commit/late/late-settlements.js";
import type { Outcome } from "../commit/outcome.js";
import type { CallLog } from "../log/call-log.js";
import type { EndedCall, LlmCall } from "../log/call-row.js";
import type { KeptResults } from "../log/kept-results.js";
import type { CallRunner } from "./call-runner.js";
import { DisconnectGrace } from "./disconnect-grace.js";
import { clientGone, gatewayStopped } from "./end-reasons.js";

/** A call that runs here, as it was admitted, and whose it is. */
interface CallHere extends OfTeam {
  readonly row: LlmCall;
}

interface RunningCall extends CallHere {
  readonly abort: AbortController;
  readonly grace: DisconnectGrace;
  readonly settled: Promise<EndedCall>;
}

export interface RunningCallsDeps {
  readonly runner: CallRunner;
  readonly lateSettlements: LateSettlements;
  readonly callLog: CallLog;
  readonly results: KeptResults;
  readonly events: Events;
  readonly budgetRefusals: BudgetRefusals;
  /** Passes what a streamed call says on to other processes. */
  readonly mirror: { keep(callId: string): void };
  readonly peers: Peers;
  readonly intake: Intake;
  readonly disconnectGraceMs: number;
}

/**
 * The calls that this process runs. They belong to it and not to the sockets that asked for them: what a client that goes
 * away means for its call is the caller's choice.
 */
export class RunningCalls {
  private readonly calls = new Map<string, RunningCall>();
  /** Calls that are being admitted, and will run here. */
  private readonly coming = new Set<Promise<unknown>>();
  private isDrained = false;

  constructor(private readonly deps: RunningCallsDeps) {}

  get ids(): string[] {
    return [...this.calls.keys()];
  }

  /**
   * Runs a call once it is admitted, and returns its row as it was admitted. If its key began one before, that one is
   * returned. A process that stops waits for it from now on, as it waits for calls that run. Throws UNAVAILABLE if the
   * process waits for calls no more.
   */
  async begin(admit: () => Promise<Admission>): Promise<LlmCall> {
    if (this.isDrained) throw gatewayStopping();
    const begun = admit().then((result) => {
      if ("earlier" in result) return result.earlier;
      this.add(result.admitted);
      return result.admitted.call;
    });
    this.coming.add(begun);
    return begun.finally(() => this.coming.delete(begun));
  }

  /** Runs an admitted call to its settlement. What it says on the way goes to the log, where anyone may follow it. */
  private add(admitted: AdmittedCall): void {
    const { call: row, teamId, organizationId, onDisconnect } = admitted;
    const { id } = row;
    const abort = new AbortController();
    const grace = new DisconnectGrace({
      onDisconnect,
      graceMs: this.deps.disconnectGraceMs,
      isFollowedElsewhere: () => this.isFollowedElsewhere(id),
      giveUp: () => abort.abort(clientGone()),
    });
    const settled = this.run(admitted, abort.signal).finally(() => {
      grace.end();
      this.calls.delete(id);
      void admitted.limitHold.end(null);
      admitted.giveBackSlot();
    });
    // If the call cannot be settled, those who wait get the error. If nobody waits, it must not end the process.
    settled.catch(() => undefined);
    this.calls.set(id, { row, teamId, organizationId, abort, grace, settled });
  }

  /** A call that runs here; undefined if it is not one of them. */
  find(callId: string): CallHere | undefined {
    return this.calls.get(callId);
  }

  /** The row of a call of this process once it is settled; undefined if it is not one of them. */
  settled(callId: string): Promise<EndedCall> | undefined {
    return this.calls.get(callId)?.settled;
  }

  /** Whether this process runs one of these calls, or a call of one of these jobs, or of these teams or organizations. */
  runsAny(ids: {
    readonly calls?: readonly string[];
    readonly jobs?: readonly string[];
    readonly holders?: readonly string[];
  }): boolean {
    const { calls = [], jobs = [], holders = [] } = ids;
    if (calls.some((id) => this.calls.has(id))) return true;
    if (jobs.length + holders.length === 0) return false;
    return [...this.calls.values()].some(
      ({ row, teamId, organizationId }) =>
        jobs.includes(row.jobId) || holders.includes(teamId) || holders.includes(organizationId),
    );
  }

  /** Counts one more follower of a call, until the returned function is called. */
  join(callId: string): () => void {
    return this.calls.get(callId)?.grace.join() ?? (() => {});
  }

  async cancel(callId: string, reason: DomainError): Promise<void> {
    const call = this.calls.get(callId);
    if (call) await end([call], reason);
  }

  async cancelOfJob(jobId: string, reason: DomainError): Promise<void> {
    await end(
      [...this.calls.values()].filter((call) => call.row.jobId === jobId),
      reason,
    );
  }

  async cancelOfTeam(teamId: string, reason: DomainError): Promise<void> {
    await end(
      [...this.calls.values()].filter((call) => call.teamId === teamId),
      reason,
    );
  }

  async cancelOfOrganization(organizationId: string, reason: DomainError): Promise<void> {
    await end(
      [...this.calls.values()].filter((call) => call.organizationId === organizationId),
      reason,
    );
  }

  /**
   * Waits for the running calls, and for whatever was let in until it has its answer. After `graceMs` it aborts and settles
   * the calls that are left, and begins no more.
   */
  async drain(graceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([this.idle(), grace]);
    clearTimeout(timer);
    this.isDrained = true;
    await end([...this.calls.values()], gatewayStopped());
  }

  /** Returns when no call runs, none is being admitted, and nothing is inside that may begin one. */
  private async idle(): Promise<void> {
    const { intake } = this.deps;
    do {
      await intake.empty();
      await Promise.allSettled([...this.coming, ...[...this.calls.values()].map((call) => call.settled)]);
    } while (!intake.isEmpty || this.coming.size + this.calls.size > 0);
  }

  private isFollowedElsewhere(callId: string): boolean {
    const { peers } = this.deps;
    return peers.isWatched(`log:${callId}`) || peers.isWatched(`call:${callId}`);
  }

  private async run(admitted: AdmittedCall, signal: AbortSignal): Promise<EndedCall> {
    const { runner, lateSettlements, callLog, results, mirror, events, budgetRefusals } = this.deps;
    const { call: row, teamId, arrivedMs } = admitted;
    const { id } = row;
    if (admitted.request.stream) mirror.keep(id);
    callLog.append(id, { type: "started", model: admitted.plan[0].name });
    try {
      const outcome = await runner.run(admitted, signal, (item) => callLog.append(id, item));
      // Whoever reads the end below may begin another call at once.
      const freed = admitted.limitHold.end(tokensOf(outcome));
      const settled = await lateSettlements.settle({ ...row, teamId, keepsAnswer: admitted.keepsAnswer }, outcome);
      const { result } = outcome;
      if (result) results.keep(id, result);
      const call: EndedCall = result ? { ...settled, result } : settled;
      await freed;
      callLog.append(id, { type: "finished", call });
      if (outcome.error) budgetRefusals.ended({ teamId, jobId: row.jobId }, outcome.error);
      events.tell("overhead", { ms: performance.now() - arrivedMs - outcome.upstreamMs });
      return call;
    } finally {
      // Nobody takes up the answer of a call that is not streamed: its row answers as well.
      if (admitted.request.stream) callLog.close(id);
      else callLog.forget(id);
    }
  }
}

/** What a call has used, for its limits. Null if nobody knows. */
function tokensOf({ attempts }: Outcome): number | null {
  const usage = totalUsage(attempts);
  if (usage?.source === "UNKNOWN") return null;
  return usage ? usage.promptTokens + usage.completionTokens : 0;
}

/** Aborts calls and returns when they have ended. */
async function end(calls: readonly RunningCall[], reason: DomainError): Promise<void> {
  for (const { abort } of calls) abort.abort(reason);
  await Promise.allSettled(calls.map(({ settled }) => settled));
}

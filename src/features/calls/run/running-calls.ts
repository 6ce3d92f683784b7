import { isDatabaseUnavailable } from "../../../db/failure.js";
import type { LlmCall } from "../../../generated/prisma/client.js";
import { DomainError } from "../../../lib/errors.js";
import type { Logger } from "../../../lib/log.js";
import type { CallSettler, Outcome } from "../commit/call-settlement.js";
import type { CallLog } from "../log/call-event.js";
import type { CallExecutor, CallToRun } from "./call-runner.js";
import { CutByClient } from "./end-reasons.js";

/** Whether a call is cancelled when nobody has followed it for the grace, or goes on to its end. */
export type OnDisconnect = "CANCEL" | "FINISH";

export interface Owner {
  readonly teamId: string;
  /** The job was opened for this call, and ends with it. */
  readonly endsJob: boolean;
  readonly onDisconnect: OnDisconnect;
  /** Called when the call runs no more. */
  readonly giveBackSlot: () => void;
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
  readonly executor: CallExecutor;
  readonly settler: CallSettler;
  readonly log: Logger;
  readonly callLog: CallLog;
  readonly disconnectGraceMs: number;
}

/**
 * The calls that this process runs. They belong to it and not to the sockets that asked for them: what a client that goes
 * away means for its call is the caller's choice. A call that ended while the database did not answer is kept, and
 * settled when it does.
 */
export class RunningCalls {
  private readonly calls = new Map<string, RunningCall>();
  /** Over, but not settled yet. */
  private readonly unsettled = new Map<string, () => Promise<LlmCall>>();

  constructor(private readonly needs: Needs) {}

  get count(): number {
    return this.calls.size + this.unsettled.size;
  }

  /** The calls whose lease this process must keep. */
  get ids(): string[] {
    return [...this.calls.keys(), ...this.unsettled.keys()];
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

  /** Returns when the calls that run now have ended. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.calls.values()].map((call) => call.settled));
  }

  /** Aborts the calls of this process that fit, and returns when they have ended. */
  async cancel(which: Which, reason: DomainError): Promise<void> {
    const fitting = [...this.calls.values()].filter(
      (call) =>
        which === "all" ||
        Object.entries(which).every(([name, id]) => call[name as "callId" | "jobId" | "teamId"] === id),
    );
    for (const call of fitting) call.abort.abort(reason);
    await Promise.allSettled(fitting.map((call) => call.settled));
  }

  /** Tries again to settle what could not be settled; throws where the database is still away. */
  async settleAgain(): Promise<void> {
    const { log } = this.needs;
    for (const [callId, settle] of this.unsettled) {
      try {
        await settle();
        log.info({ callId }, "A call was settled late.");
      } catch (error) {
        if (isDatabaseUnavailable(error)) throw error;
        // It would fail each time, and hold up the others: the sweep settles it once its lease has run out.
        log.error({ err: error, callId }, "A call could not be settled late either.");
      }
      this.unsettled.delete(callId);
    }
  }

  /** Waits for the running calls, and after `graceMs` aborts and settles what is left. */
  async drain(graceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([this.idle(), grace]);
    clearTimeout(timer);
    await this.cancel("all", new DomainError("GATEWAY_RESTARTED"));
    // What cannot be settled even now is left to the sweep of the next process, once its lease has run out.
    await this.settleAgain().catch((error) => this.needs.log.error({ err: error }, "Calls are left unsettled."));
  }

  private async execute(work: CallToRun, owner: Owner, signal: AbortSignal): Promise<LlmCall> {
    const { executor, callLog } = this.needs;
    const { id: callId } = work.call;
    callLog.append(callId, { type: "started", model: work.plan[0].name });
    try {
      const outcome = await executor.execute(work, signal, (item) => callLog.append(callId, item));
      const call = await this.settle(work.call, outcome, owner);
      callLog.append(callId, { type: "finished", call });
      return call;
    } finally {
      clearTimeout(this.calls.get(callId)?.grace);
      this.calls.delete(callId);
      callLog.close(callId);
      owner.giveBackSlot();
    }
  }

  private async settle(call: LlmCall, outcome: Outcome, owner: Owner): Promise<LlmCall> {
    const settle = () => this.needs.settler.settle(call, outcome, owner);
    try {
      return await settle();
    } catch (error) {
      this.needs.log.error({ err: error, callId: call.id }, "A call could not be settled.");
      if (isDatabaseUnavailable(error)) this.unsettled.set(call.id, settle);
      throw error;
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

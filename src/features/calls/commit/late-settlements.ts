import { isDatabaseUnavailable } from "../../../db/failure.js";
import type { Logger } from "../../../lib/log.js";
import type { LlmCall } from "../log/call-row.js";
import type { CallSettlement } from "./call-settlement.js";
import type { Outcome } from "./outcome.js";

interface Late {
  readonly call: LlmCall;
  readonly outcome: Outcome;
  readonly endsJob: boolean;
}

/** Calls that ended while the database did not answer. Their outcomes are kept here, and written when it does. */
export class LateSettlements {
  private readonly late = new Map<string, Late>();

  constructor(
    private readonly settlement: CallSettlement,
    private readonly log: Logger,
  ) {}

  /** The calls whose lease this process must keep. */
  get ids(): string[] {
    return [...this.late.keys()];
  }

  /** Settles a call. If the database is away, the outcome is kept for later, and the failure is thrown all the same. */
  async settle(call: LlmCall, outcome: Outcome, { endsJob }: { endsJob: boolean }): Promise<LlmCall> {
    try {
      return await this.settlement.settle(call, outcome, { endsJob });
    } catch (error) {
      this.log.error({ err: error, callId: call.id }, "A call could not be settled.");
      if (isDatabaseUnavailable(error)) this.late.set(call.id, { call, outcome, endsJob });
      throw error;
    }
  }

  /** Tries again to settle what could not be settled. Throws if the database is still away. */
  async settleAgain(): Promise<void> {
    for (const [callId, { call, outcome, endsJob }] of this.late) {
      try {
        await this.settlement.settle(call, outcome, { endsJob });
        this.log.info({ callId }, "A call was settled late.");
      } catch (error) {
        if (isDatabaseUnavailable(error)) throw error;
        // It would fail each time and hold up the others. It is settled as an orphan, once its lease has run out.
        this.log.error({ err: error, callId }, "A call could not be settled late either.");
      }
      this.late.delete(callId);
    }
  }
}

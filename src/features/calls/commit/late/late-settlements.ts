import { isDatabaseUnavailable } from "../../../../db/failure.js";
import { logFailure } from "../../../../edge/log-failure.js";
import type { Logger } from "../../../../lib/log.js";
import type { CallToSettle, EndedCall } from "../../log/call-row.js";
import type { CallSettlement } from "../call-settlement.js";
import { type Outcome, withoutAnswer } from "../outcome.js";

/** As many as go into one statement. */
const AT_A_TIME = 128;

interface Late {
  readonly call: CallToSettle;
  readonly outcome: Outcome;
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

  /**
   * Settles a call. If the database is away, the outcome is kept for later, and the failure is thrown all the same. If
   * the database refuses the outcome, it is written without the answer: the client may have the answer already, so it is
   * not to be free.
   */
  async settle(call: CallToSettle, outcome: Outcome): Promise<EndedCall> {
    const late = { call, outcome };
    try {
      return await this.write(late);
    } catch (error) {
      logFailure(this.log, error, "A call could not be settled.", { callId: call.id });
      if (isDatabaseUnavailable(error)) this.late.set(call.id, late);
      throw error;
    }
  }

  /**
   * Tries again to settle what could not be settled, many calls at a time. One whose rows are locked does not hold up the
   * others. Throws if the database takes none of those that it was given at a time: it is still away.
   */
  async settleAgain(): Promise<void> {
    const ids = this.ids;
    while (ids.length > 0) {
      const results = await Promise.allSettled(ids.splice(0, AT_A_TIME).map((id) => this.settleLate(id)));
      const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      if (failures.length === results.length) throw failures[0];
    }
  }

  /** Throws if the database is away. */
  private async settleLate(callId: string): Promise<void> {
    const late = this.late.get(callId);
    if (!late) return;
    try {
      await this.write(late);
      this.log.info({ callId }, "A call was settled late.");
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      // It would fail each time. It is settled as an orphan, once its lease has run out.
      this.log.error({ err: error, callId }, "A call could not be settled late either.");
    }
    this.late.delete(callId);
  }

  private async write({ call, outcome }: Late): Promise<EndedCall> {
    try {
      return await this.settlement.settle(call, outcome);
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      this.log.error({ err: error, callId: call.id }, "An answer could not be stored: its call is settled without it.");
      return this.settlement.settle(call, withoutAnswer(outcome));
    }
  }
}

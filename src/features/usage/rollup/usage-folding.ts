import { isDatabaseAway, waitedForLock } from "../../../db/failure.js";
import type { Sql } from "../../../db/statement.js";
import { shared } from "../../../lib/async/shared.js";
import type { Logger } from "../../../lib/log.js";
import type { Round } from "../../../lib/task.js";
import { findPendingUsage, foldUsage, forgetEmptyUsage, postponeUsage } from "./fold-usage.sql.js";

/** The rows of the queue that one statement takes, beside others of the same jobs. */
const BATCH_MAX = 500;
/** How often a report takes so many before it answers. */
const BATCHES_OF_REPORT = 8;
const EMPTY_MAX = 1_000;

/**
 * Counts in usage_rollups what waits in usage_pending. Each batch is one statement, so whatever happens, each call and job
 * is counted once.
 */
export class UsageFolding {
  /** How many rows the next statement takes: less after a failure. */
  private batchMax = BATCH_MAX;
  private readonly nextBatch = shared(() => this.fold(true));

  constructor(
    private readonly sql: Sql,
    private readonly log: Logger,
  ) {}

  /** One round of the background task. It does nothing while another process folds. */
  async round(): Promise<Round> {
    const taken = await this.fold(false);
    if (taken === 0) return "done";
    if (taken >= BATCH_MAX) return "more";
    const emptied = await this.sql.run(forgetEmptyUsage, { batchMax: EMPTY_MAX });
    return emptied.length < EMPTY_MAX ? "done" : "more";
  }

  /**
   * Counts what waits now, up to some thousand. Says whether nothing of it is left. If the database refuses a batch, others
   * are tried: a report is worth more than none. It waits for another process that counts, but not for long.
   */
  async catchUp(): Promise<boolean> {
    const { lastId } = await this.pending();
    for (let batch = 0; lastId !== null && batch < BATCHES_OF_REPORT; batch++) {
      const failure = await this.nextBatch().then(
        () => null,
        (error: unknown) => error,
      );
      if (saysNothingOfBatch(failure)) return false;
      const left = await this.pending();
      if (left.firstId === null || left.firstId > lastId) return !left.hasPostponed;
    }
    return lastId === null;
  }

  private async pending() {
    const [pending] = await this.sql.run(findPendingUsage, {});
    return pending ?? { firstId: null, lastId: null, hasPostponed: false };
  }

  /**
   * Takes a batch, and returns how many rows it had. If the database refuses it, the next one is smaller. A job that is
   * refused by itself goes behind all others, so that it holds up none of them.
   */
  private async fold(waits: boolean): Promise<number> {
    try {
      const [answer] = await this.sql.run(foldUsage, { batchMax: this.batchMax, waits });
      this.batchMax = Math.min(BATCH_MAX, this.batchMax * 2);
      return answer?.taken ?? 0;
    } catch (error) {
      if (saysNothingOfBatch(error)) throw error;
      if (this.batchMax > 1) this.batchMax = Math.ceil(this.batchMax / 8);
      else await this.postpone(error);
      throw error;
    }
  }

  private async postpone(error: unknown): Promise<void> {
    const [row] = await this.sql.run(postponeUsage, {});
    this.log.error(
      { err: error, jobId: row?.jobId },
      "The usage of a job could not be counted. It is tried again later.",
    );
  }
}

/** Whether a batch failed because another process counts for long, or the database is away. It may be a good one. */
const saysNothingOfBatch = (error: unknown): boolean => waitedForLock(error) || isDatabaseAway(error);

import { setTimeout as sleep } from "node:timers/promises";
import { authorize } from "../../auth/policy.js";
import { actorOf, type Viewer } from "../../auth/viewer.js";
import type { Db, Tx } from "../../db/database.js";
import { inTransaction } from "../../db/transaction.js";
import type { Job } from "../../generated/prisma/client.js";
import { validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import { closedAs } from "../calls/run/call-leases.js";
import type { RunningCalls } from "../calls/run/running-calls.js";
import type { Ledger } from "../credits/ledger.js";
import { endJob } from "../jobs/end-job.js";
import { type JobService, lockJob, mergedMetadata } from "../jobs/job.service.js";
import { decideEnd } from "../jobs/job-state.js";
import { type CompleteJobInput, JobOutcome } from "./close-job.input.js";

const RUNNING_CALLS_NAMED_MAX = 20;
const LOOK_EVERY_MS = 100;
const LOOKS_MAX = 50;

export class JobCloser {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly jobs: JobService,
    private readonly ledger: Ledger,
    private readonly running: RunningCalls,
  ) {}

  /**
   * Ends a job. COMPLETED takes its credit and is refused with CALLS_RUNNING while a call runs; FAILED and CANCELLED
   * cancel what runs and give the credit back. Asked again for the same, it returns the job as it ended and ignores the
   * other fields; asked for anything else, it is INVALID_STATE. However many ask at once, the job ends once.
   */
  async complete(viewer: Viewer, input: CompleteJobInput): Promise<Job> {
    const outcome = input.status ?? JobOutcome.COMPLETED;
    authorize(viewer, outcome === JobOutcome.COMPLETED ? "job.complete" : "job.abandon");
    const { jobId } = validate(input);
    await this.jobs.get(viewer, jobId);
    if (outcome !== JobOutcome.COMPLETED) {
      const marked = await inTransaction(this.db, (tx) => this.markClosing(tx, input, outcome));
      if (marked.status === outcome) return marked;
      await this.running.cancel({ jobId }, closedAs(outcome));
      await this.untilIdleElsewhere(jobId);
    }
    return inTransaction(this.db, (tx) => this.end(tx, input, outcome, actorOf(viewer)));
  }

  /** Other processes heed the mark within a second; where one does not, CALLS_RUNNING says so, and the sweep ends the job later. */
  private async untilIdleElsewhere(jobId: string): Promise<void> {
    for (let looks = 0; looks < LOOKS_MAX; looks++) {
      const { runningCalls } = await this.db.job.findUniqueOrThrow({ where: { id: jobId } });
      if (runningCalls === 0) return;
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Keeps what is to become of the job, so that from now on it takes no call and the sweep can finish the closing. */
  private async markClosing(tx: Tx, input: CompleteJobInput, outcome: "FAILED" | "CANCELLED"): Promise<Job> {
    const job = await lockJob(tx, input.jobId);
    if (decideEnd(job, outcome, this.clock.now()) === "repeat" || job.closingAs) return job;
    return tx.job.update({ where: { id: job.id }, data: { closingAs: outcome, ...changesOf(job, input) } });
  }

  private async end(tx: Tx, input: CompleteJobInput, outcome: JobOutcome, actor: string): Promise<Job> {
    const job = await lockJob(tx, input.jobId);
    const now = this.clock.now();
    if (decideEnd(job, outcome, now) === "repeat") return job;
    if (job.runningCalls > 0) await this.refuseRunning(tx, job);
    return endJob(tx, this.ledger, job, {
      status: outcome,
      now,
      actor,
      ...(outcome === "COMPLETED" && changesOf(job, input)),
    });
  }

  private async refuseRunning(tx: Tx, job: Job): Promise<never> {
    const calls = await tx.llmCall.findMany({
      where: { jobId: job.id, status: "RUNNING" },
      orderBy: { createdAt: "asc" },
      take: RUNNING_CALLS_NAMED_MAX,
      select: { id: true },
    });
    const callIds = calls.map((call) => call.id);
    throw new DomainError("CALLS_RUNNING", `The job still has running calls: ${callIds.join(", ")}.`, {
      jobId: job.id,
      callIds,
    });
  }
}

function changesOf(job: Job, { errorMessage, metadata }: CompleteJobInput) {
  return {
    ...(errorMessage != null && { errorMessage }),
    ...(metadata != null && { metadata: mergedMetadata(job, metadata, "input.metadata") }),
  };
}

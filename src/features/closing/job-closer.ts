import { setTimeout as sleep } from "node:timers/promises";
import { authorize } from "../../auth/policy.js";
import { actorOf, type KnownViewer, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import type { Job } from "../../generated/prisma/client.js";
import { validate } from "../../input/validate.js";
import { DomainError } from "../../lib/errors.js";
import type { Peers } from "../../streams/redis/peers.js";
import type { Shown } from "../audit/act.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import { type CancelCallsOfJob, jobClosedAs } from "../calls/run/end-reasons.js";
import type { JobEnding } from "../jobs/commit/end-job.js";
import { lockedJob } from "../jobs/commit/locked-job.js";
import type { JobService } from "../jobs/job.service.js";
import { findJob, markClosing } from "../jobs/job.sql.js";
import { mergedMetadata } from "../jobs/job-metadata.js";
import { decideEnd, type JobNow } from "../jobs/job-state.js";
import { findOwner } from "../organizations/team-reach.sql.js";
import { type CompleteJobInput, JobOutcome } from "./close-job.input.js";
import { runningCallsOfJob } from "./closing.sql.js";

const RUNNING_CALLS_NAMED_MAX = 20;
const LOOK_EVERY_MS = 100;
const LOOKS_MAX = 50;
/** How often the end of a job is decided anew, because the job has changed meanwhile. */
const TRIES_MAX = 5;

export interface JobCloserDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly jobs: JobService;
  readonly ending: JobEnding;
  readonly peers: Peers;
  readonly cancelCallsOfJob: CancelCallsOfJob;
  readonly trail: AuditTrail;
}

export class JobCloser {
  constructor(private readonly deps: JobCloserDeps) {}

  /**
   * Ends a job. COMPLETED takes its credit, and throws CALLS_RUNNING while a call runs. FAILED and CANCELLED cancel the
   * running calls and give the credit back. The same status asked again returns the job as it ended, and ignores the other
   * fields. Another status throws INVALID_STATE. However many clients ask at once, the job ends once.
   */
  async close(viewer: Viewer, input: CompleteJobInput): Promise<Job> {
    const outcome = input.status ?? JobOutcome.COMPLETED;
    authorize(viewer, outcome === JobOutcome.COMPLETED ? "job.complete" : "job.abandon");
    const { jobId } = validate(input);
    const job = await this.deps.jobs.get(viewer, jobId);
    if (outcome !== JobOutcome.COMPLETED) {
      const marked = await inTransaction(this.deps.db, (transaction) => this.mark(transaction, viewer, input, outcome));
      if (marked.status === outcome) return marked;
      this.deps.peers.tellWatchers(`job:${jobId}`);
      await this.deps.cancelCallsOfJob(jobId, jobClosedAs(outcome));
      await this.untilIdleElsewhere(jobId);
    }
    return this.end(viewer, input, outcome, outcome === JobOutcome.COMPLETED ? job : null);
  }

  /**
   * Records how the job is going to end, so that it takes no call from now on and another process can finish the closing. If
   * it is not the team that ends its own job, that is an act of administration.
   */
  private async mark(
    transaction: Transaction,
    viewer: KnownViewer,
    input: CompleteJobInput,
    closingAs: "FAILED" | "CANCELLED",
  ): Promise<Job> {
    const job = await lockedJob(transaction, input.jobId);
    if (decideEnd(job, closingAs) === "repeat" || job.closingAs) return job;
    const [marked] = await transaction.sql.run(markClosing, { id: job.id, closingAs, ...changesOf(job, input) });
    if (marked && viewer.kind !== "team") await this.record(transaction, viewer, job, marked);
    return marked ?? job;
  }

  private async record(transaction: Transaction, viewer: KnownViewer, job: Job, marked: Job): Promise<void> {
    const { id, teamId } = job;
    const [owner] = await transaction.sql.run(findOwner, { teamId });
    await this.deps.trail.recordChange(transaction, viewer, {
      operation: "completeJob",
      subjectType: "Job",
      subjectId: id,
      organizationId: owner?.organizationId ?? null,
      before: shownEnd(job),
      after: shownEnd({ ...marked, status: marked.closingAs ?? marked.status }),
    });
  }

  /**
   * Other processes see the mark within a second and end their calls. If one does not, the closing is refused with
   * CALLS_RUNNING, and a task ends the job later.
   */
  private async untilIdleElsewhere(jobId: string): Promise<void> {
    for (let looks = 0; looks < LOOKS_MAX; looks++) {
      const [job] = await this.deps.sql.run(findJob, { id: jobId });
      if (job?.runningCalls === 0) return;
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Decides by the job's row as it was just read, and again if the job has changed before it could be ended so. */
  private async end(viewer: Viewer, input: CompleteJobInput, status: JobOutcome, read: JobNow | null): Promise<Job> {
    const { jobs, ending, sql } = this.deps;
    authorize(viewer, "job.read");
    const actor = actorOf(viewer);
    let job = read;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      job ??= await jobs.get(viewer, input.jobId);
      if (decideEnd(job, status) === "repeat") return job;
      if (job.runningCalls > 0) await refuseRunning(sql, job.id);
      // The changes of the other outcomes were written with the mark.
      const changes = status === JobOutcome.COMPLETED ? changesOf(job, input) : {};
      const ended = await ending.end(job, { status, actor, ...changes });
      if (ended) return ended;
      job = null;
    }
    throw new DomainError("CALLS_RUNNING", "The job changes all the time: calls begin and end in it.", {
      jobId: input.jobId,
      callIds: [],
    });
  }
}

/** What the audit says of the end of a job. */
const shownEnd = ({ status, errorMessage, metadata }: Job): Shown => ({ status, errorMessage, metadata });

async function refuseRunning(sql: Sql, jobId: string): Promise<never> {
  const calls = await sql.run(runningCallsOfJob, { jobId, namedMax: RUNNING_CALLS_NAMED_MAX });
  const callIds = calls.map((call) => call.id);
  const message = `The job still has running calls: ${callIds.join(", ")}.`;
  throw new DomainError("CALLS_RUNNING", message, { jobId, callIds });
}

const changesOf = (job: Job, { errorMessage, metadata }: CompleteJobInput) => ({
  errorMessage: errorMessage ?? null,
  metadata: metadata == null ? null : mergedMetadata(job, metadata, "input.metadata"),
});

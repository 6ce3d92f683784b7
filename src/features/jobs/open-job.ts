import { actorOf, type TeamViewer } from "../../auth/viewer.js";
import type { Transaction } from "../../db/transaction.js";
import type { Job } from "../../generated/prisma/client.js";
import type { JsonObject } from "../../lib/json.js";
import type { Ledger } from "../credits/ledger.js";
import { insertJob } from "./job.sql.js";

export interface JobLimits {
  /** How long a job may go without an admission or a settlement. */
  readonly ttlMs: number;
  /** How old an open job may become. */
  readonly maxAgeMs: number;
  readonly maxCalls: number;
}

interface NewJob {
  readonly id: string;
  readonly jobType: string;
  readonly metadata: JsonObject;
  /** The job is opened around a single call, and ends with it. */
  readonly ofOneCall: boolean;
}

/** Opens jobs, for a transaction that may do more. */
export class JobOpening {
  constructor(
    private readonly ledger: Ledger,
    private readonly limits: JobLimits,
  ) {}

  /** Writes a job and holds its credit. Throws INSUFFICIENT_CREDITS if none is available. */
  async open(transaction: Transaction, viewer: TeamViewer, newJob: NewJob): Promise<Job> {
    const { teamId } = viewer;
    const { ttlMs, maxAgeMs } = this.limits;
    const columns = { ...newJob, teamId, ttlMs, maxAgeMs };
    const [job] = await transaction.sql.run(insertJob, columns);
    if (!job) throw new Error(`Job ${newJob.id} was not written.`);
    await this.ledger.hold(transaction, { teamId, jobId: job.id, actor: actorOf(viewer) });
    return job;
  }
}

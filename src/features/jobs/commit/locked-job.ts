import type { Transaction } from "../../../db/transaction.js";
import { notFound } from "../../../lib/errors.js";
import { lockJob } from "../job.sql.js";
import type { JobNow } from "../job-state.js";

/** The job's row, locked until the transaction ends: everyone else who wants to change it waits. Throws NOT_FOUND. */
export async function lockedJob({ sql }: Transaction, id: string): Promise<JobNow> {
  const [job] = await sql.run(lockJob, { id });
  if (!job) throw notFound("job", id);
  return job;
}

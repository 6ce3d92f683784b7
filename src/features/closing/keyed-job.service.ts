import type { Viewer } from "../../auth/viewer.js";
import type { Job } from "../../generated/prisma/client.js";
import { notFound } from "../../lib/errors.js";
import type { KeyedJobs } from "../jobs/keyed-jobs.js";
import { CompleteJobInput } from "./close-job.input.js";
import type { JobCloser } from "./job-closer.js";

/** Ends jobs that clients name by a key of their own. */
export class KeyedJobService {
  constructor(
    private readonly keyedJobs: KeyedJobs,
    private readonly closer: JobCloser,
  ) {}

  /** Ends the job of a key as `JobCloser.close` does. Throws NOT_FOUND if the key has opened none in the last 24 hours. */
  async close(viewer: Viewer, key: string, ending: Omit<CompleteJobInput, "jobId">): Promise<Job> {
    const job = await this.keyedJobs.find(viewer, key);
    if (!job) throw notFound("job", key);
    return this.closer.close(viewer, Object.assign(new CompleteJobInput(), ending, { jobId: job.id }));
  }
}

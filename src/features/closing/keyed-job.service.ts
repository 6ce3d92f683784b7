import type { Viewer } from "../../auth/viewer.js";
import type { Job } from "../../generated/prisma/client.js";
import { invalid } from "../../input/validate.js";
import { notFound } from "../../lib/errors.js";
import { CreateJobInput } from "../jobs/job.input.js";
import type { JobService } from "../jobs/job.service.js";
import { CompleteJobInput } from "./close-job.input.js";
import type { JobCloser } from "./job-closer.js";

const KEY_MAX_CHARACTERS = 200;
const JOB_TYPE = "agent";

/**
 * Jobs that clients name by a key of their own, such as the id of an agent's run. So each call of a loop can say the same
 * words, and nobody has to open a job first.
 */
export class KeyedJobService {
  constructor(
    private readonly jobs: JobService,
    private readonly closer: JobCloser,
  ) {}

  /**
   * Returns the job of a key. The first use of a key opens it, and holds a credit as `JobService.create` does. Later uses
   * within 24 hours get the same job, also if it has ended, because a loop that goes on after its end is at fault.
   */
  async open(viewer: Viewer, key: string): Promise<Job> {
    const input = inputOf(key);
    return (await this.jobs.findCreated(viewer, input)) ?? this.jobs.create(viewer, input);
  }

  /** Ends the job of a key as `JobCloser.close` does. Throws NOT_FOUND if the key has opened none in the last 24 hours. */
  async close(viewer: Viewer, key: string, ending: Omit<CompleteJobInput, "jobId">): Promise<Job> {
    const job = await this.jobs.findCreated(viewer, inputOf(key));
    if (!job) throw notFound("job", key);
    return this.closer.close(viewer, Object.assign(new CompleteJobInput(), ending, { jobId: job.id }));
  }
}

function inputOf(key: string): CreateJobInput {
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw invalid("X-Job-Key", `must be 1 to ${KEY_MAX_CHARACTERS} visible ASCII characters`, key);
  return Object.assign(new CreateJobInput(), {
    jobType: JOB_TYPE,
    metadata: { job_key: key },
    idempotencyKey: `job-key:${key}`,
  });
}

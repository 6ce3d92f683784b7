import type { Viewer } from "../../auth/viewer.js";
import type { Job } from "../../generated/prisma/client.js";
import { invalid } from "../../input/validate.js";
import { CreateJobInput } from "./job.input.js";
import type { JobService } from "./job.service.js";

const KEY_MAX_CHARACTERS = 200;
const JOB_TYPE = "agent";

/**
 * Jobs that clients name by a key of their own, such as the id of an agent's run. So each call of a loop can say the same
 * words, and nobody has to open a job first.
 */
export class KeyedJobs {
  constructor(private readonly jobs: Pick<JobService, "create" | "findCreated">) {}

  /**
   * Returns the job of a key. The first use of a key opens it, and holds a credit as `JobService.create` does. Later uses
   * within 24 hours get the same job, also if it has ended, because a loop that goes on after its end is at fault.
   */
  async open(viewer: Viewer, key: string): Promise<Job> {
    return (await this.find(viewer, key)) ?? this.jobs.create(viewer, inputOf(key));
  }

  /** Returns null if the key has opened no job in the last 24 hours. */
  find(viewer: Viewer, key: string): Promise<Job | null> {
    return this.jobs.findCreated(viewer, inputOf(key));
  }
}

/** Throws INVALID_INPUT for a key that headers could not carry. */
export function requireJobKey(key: string): void {
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw invalid("X-Job-Key", `must be 1 to ${KEY_MAX_CHARACTERS} visible ASCII characters`, key);
}

function inputOf(key: string): CreateJobInput {
  requireJobKey(key);
  return Object.assign(new CreateJobInput(), {
    jobType: JOB_TYPE,
    metadata: { job_key: key },
    idempotencyKey: `job-key:${key}`,
  });
}

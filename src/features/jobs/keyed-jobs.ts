import type { TeamViewer, Viewer } from "../../auth/viewer.js";
import type { Job } from "../../generated/prisma/client.js";
import { invalid } from "../../input/validate.js";
import type { JsonObject } from "../../lib/json/json.js";
import { claimColumns } from "../idempotency/idempotency-keys.js";
import { CreateJobInput } from "./job.input.js";
import { claimOfJob, type JobService } from "./job.service.js";

const KEY_MAX_CHARACTERS = 200;
const JOB_TYPE = "agent";

/**
 * Jobs that clients name by a key of their own, such as the id of an agent's run. So each call of a loop can say the same
 * words, and nobody has to open a job first. The first call with a key opens its job, in the statement that admits the call:
 * a call that is refused opens none. Later calls within 24 hours join it, also if it has ended, because a loop that goes on
 * after its end is at fault.
 */
export class KeyedJobs {
  constructor(private readonly jobs: Pick<JobService, "findCreated">) {}

  /** Returns null if the key has opened no job in the last 24 hours. */
  find(viewer: Viewer, key: string): Promise<Job | null> {
    return this.jobs.findCreated(viewer, inputOf(key));
  }
}

/** A job that a key opens, as the statement reads it that admits the first call with the key. */
export interface KeyedJobColumns {
  readonly jobType: string;
  readonly jobMetadata: JsonObject;
  readonly jobScope: string | undefined;
  readonly jobFamily: string | undefined;
  readonly jobKey: string | undefined;
  readonly jobInputHash: string | undefined;
}

/** It is the same job as `JobService.create` would open with the key. */
export function keyedJobColumns(viewer: TeamViewer, key: string): KeyedJobColumns {
  const input = inputOf(key);
  const { scope, family, key: jobKey, inputHash } = claimColumns(claimOfJob(viewer, input));
  return {
    jobType: input.jobType,
    jobMetadata: input.metadata ?? {},
    jobScope: scope,
    jobFamily: family,
    jobKey,
    jobInputHash: inputHash,
  };
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

import type { Task } from "../../lib/task.js";
import { KeyedJobs } from "../jobs/keyed-jobs.js";
import { closeJobsOfDeletedTask } from "./close-jobs-of-deleted.task.js";
import { expireJobsTask } from "./expire-jobs.task.js";
import { finishClosingsTask } from "./finish-closings.task.js";
import { JobCloser, type JobCloserDeps } from "./job-closer.js";
import { KeyedJobService } from "./keyed-job.service.js";
import { TeamCloser, type TeamCloserDeps } from "./team-closer.js";

/** Builds what ends jobs and teams: on request, by time, or after a crash. */
export function createClosing(deps: JobCloserDeps & TeamCloserDeps) {
  const { sql, jobs, ending, cancelCallsOfJob } = deps;
  const tasks: readonly Task[] = [
    expireJobsTask(sql, cancelCallsOfJob),
    finishClosingsTask(sql, ending),
    closeJobsOfDeletedTask(sql, cancelCallsOfJob),
  ];
  const jobCloser = new JobCloser(deps);
  const keyedJobs = new KeyedJobService(new KeyedJobs(jobs), jobCloser);
  return { services: { jobCloser, keyedJobs, teamCloser: new TeamCloser(deps) }, tasks };
}

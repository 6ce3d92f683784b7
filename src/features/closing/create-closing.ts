import type { Task } from "../../lib/task.js";
import { closeJobsOfDeletedTask } from "./close-jobs-of-deleted.task.js";
import { expireJobsTask } from "./expire-jobs.task.js";
import { finishClosingsTask } from "./finish-closings.task.js";
import { JobCloser, type JobCloserDeps } from "./job-closer.js";
import { TeamCloser, type TeamCloserDeps } from "./team-closer.js";

/** Builds what ends jobs and teams: on request, by time, or after a crash. */
export function createClosing(deps: JobCloserDeps & TeamCloserDeps) {
  const { sql, ending, cancelCallsOfJob } = deps;
  const tasks: readonly Task[] = [
    expireJobsTask(sql, cancelCallsOfJob),
    finishClosingsTask(sql, ending),
    closeJobsOfDeletedTask(sql, cancelCallsOfJob),
  ];
  return { services: { jobCloser: new JobCloser(deps), teamCloser: new TeamCloser(deps) }, tasks };
}

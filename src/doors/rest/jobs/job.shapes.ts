import type { Static } from "typebox";
import type { JobRow } from "../../../features/jobs/job.service.js";
import { JobStatus } from "../../../generated/prisma/enums.js";
import { COUNT_TEXT } from "../../../input/page-window.js";
import { EXAMPLE } from "../example.js";
import { lowerCase, lowerCased } from "../letter-case.js";
import { answer, flag, freeObject, integer, listOf, oneOf, orNull, ref, text, time } from "../schemas.js";

export const JOB_STATUSES = lowerCased(JobStatus);
export const JobStatusText = oneOf(
  JOB_STATUSES,
  "Where the job stands. The last four values are final. Only a completed job costs a credit.",
);

export const NewJob = answer(
  "NewJob",
  { job_id: text("A UUID."), status: JobStatusText, created_at: time("When the job was opened.") },
  { job_id: EXAMPLE.jobId, status: "pending", created_at: EXAMPLE.created },
);

export const newJobShape = (job: JobRow): Static<typeof NewJob> => ({
  job_id: job.id,
  status: lowerCase(job.status),
  created_at: job.createdAt,
});

const JOB_EXAMPLE = {
  job_id: EXAMPLE.jobId,
  team_id: EXAMPLE.teamId,
  job_type: "customer_support",
  status: "in_progress",
  metadata: { customer_id: "cust_12345", priority: "high" },
  error_message: null,
  credit_applied: false,
  created_at: EXAMPLE.created,
  started_at: EXAMPLE.started,
  completed_at: null,
};

export const Job = answer(
  "Job",
  {
    job_id: text("A UUID."),
    team_id: text("The id of the job's team."),
    job_type: text("What kind of work it is, in the team's own words."),
    status: JobStatusText,
    metadata: freeObject("The team's free data."),
    error_message: orNull(text("Why the job failed, if its team said so; otherwise null.")),
    credit_applied: flag("Whether the job took its credit."),
    created_at: time("When the job was opened."),
    started_at: orNull(time("When its first call was admitted. Null before that.")),
    completed_at: orNull(time("When the job became final, in whatever way. Null before that.")),
  },
  JOB_EXAMPLE,
);

export const jobShape = (job: JobRow): Static<typeof Job> => ({
  job_id: job.id,
  team_id: job.teamId,
  job_type: job.jobType,
  status: lowerCase(job.status),
  metadata: job.metadata,
  error_message: job.errorMessage,
  credit_applied: job.creditApplied,
  created_at: job.createdAt,
  started_at: job.startedAt,
  completed_at: job.completedAt,
});

export const Jobs = answer(
  "Jobs",
  {
    team_id: text("The id of the team."),
    total: integer(`How many jobs the team has in all, of the status that was asked for. ${COUNT_TEXT}.`),
    limit: integer("The limit that was asked for."),
    offset: integer("The offset that was asked for."),
    jobs: listOf(ref(Job), "The jobs of this page, newest first."),
  },
  { team_id: EXAMPLE.teamId, total: 1, limit: 100, offset: 0, jobs: [JOB_EXAMPLE] },
);

interface JobsPage {
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  readonly jobs: readonly JobRow[];
}

export const jobsShape = (teamId: string, { jobs, ...page }: JobsPage): Static<typeof Jobs> => ({
  team_id: teamId,
  ...page,
  jobs: jobs.map(jobShape),
});

import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import type { RequestContext } from "../../../edge/context.js";
import { allPages } from "../../../edge/http/exports/all-pages.js";
import { CSV_TYPE, sendCsv } from "../../../edge/http/exports/send-csv.js";
import { wantsType } from "../../../edge/http/exports/wants-type.js";
import { CompleteJobInput, JobOutcome } from "../../../features/closing/close-job.input.js";
import { loadCosts } from "../../../features/jobs/costs/job-costs.loader.js";
import { CreateJobInput, JobFilter } from "../../../features/jobs/job.input.js";
import type { JobRow } from "../../../features/jobs/job.service.js";
import type { PageWindow } from "../../../input/page-window.js";
import { FREE_DATA_TEXT, METADATA_SIZE_TEXT } from "../../../input/rules.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { Body, optional, required } from "../body.js";
import { EXAMPLE } from "../example.js";
import { CSV_TEXT, someOf, workFilterOf, workQuery } from "../filter-query.js";
import { IDEMPOTENCY_KEY, OPTIONAL_TOTAL_COUNT } from "../headers.js";
import { lowerCased, upperCase } from "../letter-case.js";
import { PAGE_QUERY, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { freeObject, listOf, oneOf, text } from "../schemas.js";
import { whileAllowed } from "../while-allowed.js";
import { Completion, completionShape } from "./completion.shapes.js";
import { JOB_STATUSES, Job, jobShape, NewJob, newJobShape } from "./job.shapes.js";
import { jobColumns } from "./job-columns.js";

const createJob = new Body(
  CreateJobInput,
  {
    team_id: optional("teamId", text("The key's own team. Null means the same.")),
    job_type: required("jobType", text("What kind of work it is, 1 to 100 characters.")),
    metadata: optional("metadata", freeObject(`${FREE_DATA_TEXT}.`)),
  },
  {
    team_id: EXAMPLE.teamId,
    job_type: "customer_support",
    metadata: { customer_id: "cust_12345", priority: "high" },
  },
);

const completeJob = new Body(
  CompleteJobInput,
  {
    status: optional("status", oneOf(lowerCased(JobOutcome), 'How the job ends. Null means "completed".'), {
      read: upperCase,
    }),
    error_message: optional("errorMessage", text("Why the job failed, 1 to 1000 characters.")),
    metadata: optional("metadata", freeObject("Fields to set in the job's metadata.")),
  },
  { status: "completed", metadata: { rating: 5 } },
);

class Metadata {
  readonly metadata!: JsonObject;
}

const updateMetadata = new Body(
  Metadata,
  {
    metadata: required(
      "metadata",
      freeObject(`Fields to set. The other fields stay. The whole is ${METADATA_SIZE_TEXT}.`),
    ),
  },
  { metadata: { priority: "low", assigned_to: "bot-7" } },
);

export function jobRoutes(server: FastifyInstance): void {
  const routes = new Routes(server, "Jobs");

  routes.on(
    "POST /jobs/create",
    {
      name: "createJob",
      summary:
        "Opens a job for the key's team and holds one credit for it. The answer is 403 if no credit is available.",
      body: createJob,
      headers: IDEMPOTENCY_KEY,
      answer: NewJob,
    },
    async ({ services, viewer, record }, { body, idempotencyKey }) =>
      newJobShape(record.ofJob(await services.jobs.create(viewer, createJob.toInput(body, { idempotencyKey })))),
  );

  listJobs(routes);

  routes.on(
    "GET /jobs/:job_id",
    { name: "job", summary: "Returns one job.", answer: Job },
    async ({ services, viewer }, { params }) => jobShape(await services.jobs.get(viewer, params.job_id)),
  );

  routes.on(
    "PATCH /jobs/:job_id/metadata",
    {
      name: "updateJobMetadata",
      summary: "Sets fields in the metadata of an open job.",
      body: updateMetadata,
      answer: Job,
    },
    async ({ services, viewer }, { params, body }) => {
      const { metadata } = updateMetadata.toInput(body);
      return jobShape(await services.jobs.updateMetadata(viewer, params.job_id, metadata));
    },
  );

  routes.on(
    "POST /jobs/:job_id/complete",
    {
      name: "completeJob",
      summary: "Ends a job. If it is sent again, the answer is the first one.",
      description:
        'A job that ends as "completed" takes its credit. The answer is 409 while one of its calls runs. A job that ends as "failed" or "cancelled" is free, and its running calls are cancelled.',
      body: completeJob,
      answer: Completion,
    },
    async (context, { params, body }) => {
      const input = completeJob.toInput(body, { jobId: params.job_id });
      return completionOf(context, await context.services.jobCloser.close(context.viewer, input));
    },
  );

  routes.on(
    "GET /jobs/:job_id/costs",
    {
      name: "jobCosts",
      summary: "Returns what a job used: so far if it is open, finally if it has ended.",
      answer: Completion,
    },
    async (context, { params }) =>
      completionOf(context, await context.services.jobs.get(context.viewer, params.job_id)),
  );
}

function listJobs(routes: Routes): void {
  routes.on(
    "GET /jobs",
    {
      name: "jobs",
      summary: "Lists the jobs that the key reaches, newest first.",
      description: CSV_TEXT,
      query: {
        ...PAGE_QUERY,
        status: someOf(JOB_STATUSES, "Jobs with one of these states."),
        job_type: Type.Optional(text("Jobs of exactly this type.")),
        ...workQuery("Jobs"),
      },
      answer: listOf(Job),
      alsoAs: [CSV_TYPE],
      answerHeaders: OPTIONAL_TOTAL_COUNT,
    },
    async (context, { query, headers, reply }) => {
      const { services, viewer } = context;
      const { status, job_type } = query;
      const filter = Object.assign(new JobFilter(), {
        ...workFilterOf(query),
        status: status?.map(upperCase) ?? null,
        jobType: job_type ?? null,
      });
      const list = (window: PageWindow) => services.jobs.list(viewer, { ...window, filter });
      if (wantsType(headers.accept, CSV_TYPE))
        return sendCsv(reply, jobColumns(viewer), whileAllowed(context, await allPages(list)));
      const page = await list(pageOf(query));
      reply.header("x-total-count", await page.count());
      return page.rows.map(jobShape);
    },
  );
}

async function completionOf(context: RequestContext, job: JobRow) {
  const [costs, calls] = await Promise.all([
    loadCosts(context, job),
    context.services.calls.outcomes(context.viewer, job.id),
  ]);
  return completionShape(job, costs, calls);
}

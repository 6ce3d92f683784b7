import type { FastifyInstance } from "fastify";
import type { RequestContext } from "../../../edge/context.js";
import { freeObject, oneOf, ref, text } from "../../../edge/http/json-schema.js";
import { CompleteJobInput } from "../../../features/closing/close-job.input.js";
import { CreateJobInput } from "../../../features/jobs/job.input.js";
import type { JobRow } from "../../../features/jobs/job.service.js";
import { loadCosts } from "../../../features/jobs/job-costs.loader.js";
import type { JsonObject } from "../../../lib/json.js";
import { Body, optional, required } from "../body.js";
import { Routes } from "../route.js";
import { completionShape, jobShape, newJobShape } from "../shapes.js";

const createJob = new Body(CreateJobInput, {
  team_id: optional("teamId", text("The key's own team, which is also what null means.")),
  job_type: required("jobType", text("What kind of work, 1 to 100 characters.")),
  metadata: optional("metadata", freeObject("Free data, at most 16 KiB as JSON.")),
});

const completeJob = new Body(CompleteJobInput, {
  status: optional("status", oneOf(["completed", "failed", "cancelled"], "How it ends; null is completed."), {
    read: (status: string) => status.toUpperCase(),
  }),
  error_message: optional("errorMessage", text("Why it failed, 1 to 1000 characters.")),
  metadata: optional("metadata", freeObject("Names to set in the job's metadata.")),
});

class Metadata {
  readonly metadata!: JsonObject;
}

const updateMetadata = new Body(Metadata, {
  metadata: required("metadata", freeObject("Names to set; the others stay. At most 16 KiB as JSON in all.")),
});

export async function jobRoutes(server: FastifyInstance): Promise<void> {
  const routes = new Routes(server, "Jobs");

  routes.on(
    "POST /jobs/create",
    {
      name: "createJob",
      summary:
        "Open a job for the key's team and hold one credit for it. 403 where none is available. Sent twice without an Idempotency-Key header, it opens two.",
      body: createJob,
      answer: ref("NewJob"),
    },
    async ({ services, viewer }, { body, idempotencyKey }) =>
      newJobShape(await services.jobs.create(viewer, createJob.toInput(body, { idempotencyKey }))),
  );

  routes.on(
    "GET /jobs/:job_id",
    { name: "job", summary: "One job.", answer: ref("Job") },
    async ({ services, viewer }, { params }) => jobShape(await services.jobs.get(viewer, params.job_id)),
  );

  routes.on(
    "PATCH /jobs/:job_id/metadata",
    {
      name: "updateJobMetadata",
      summary: "Set names in an open job's metadata.",
      body: updateMetadata,
      answer: ref("Job"),
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
      summary:
        "End a job, once: the same again gives the first answer. Completed takes a credit, and is 409 while a call runs; failed and cancelled are free and cancel running calls.",
      body: completeJob,
      answer: ref("Completion"),
    },
    async (context, { params, body }) => {
      const input = completeJob.toInput(body, { jobId: params.job_id });
      return completionOf(context, await context.services.jobCloser.close(context.viewer, input));
    },
  );

  routes.on(
    "GET /jobs/:job_id/costs",
    { name: "jobCosts", summary: "What a job used, so far or finally.", answer: ref("Completion") },
    async (context, { params }) =>
      completionOf(context, await context.services.jobs.get(context.viewer, params.job_id)),
  );
}

async function completionOf(context: RequestContext, job: JobRow) {
  const [costs, calls] = await Promise.all([
    loadCosts(context, job),
    context.services.calls.outcomes(context.viewer, job.id),
  ]);
  return completionShape(job, costs, calls);
}

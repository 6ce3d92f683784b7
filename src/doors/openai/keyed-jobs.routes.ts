import type { FastifyInstance } from "fastify";
import type { RequestContext } from "../../edge/context.js";
import { contextOf } from "../../edge/http/provide-context.js";
import { JobOutcome } from "../../features/closing/close-job.input.js";
import { costFields } from "../../features/jobs/costs/cost-fields.js";
import { loadCosts } from "../../features/jobs/costs/job-costs.loader.js";
import type { JobRow } from "../../features/jobs/job.service.js";

/** The end of a job, as `POST /v1/jobs/{key}/complete` takes it. */
export const jobEndingContract = {
  schema: {
    type: ["object", "null"],
    properties: {
      status: {
        type: ["string", "null"],
        enum: [...Object.values(JobOutcome).map((each) => each.toLowerCase()), null],
      },
      error_message: { type: ["string", "null"] },
    },
  },
  pathOf: (path: readonly (string | number)[]) =>
    path.map((step) => (step === "errorMessage" ? "error_message" : step)),
};

interface Ending {
  readonly status?: string | null;
  readonly error_message?: string | null;
}

/** The end of a job that calls have named by `X-Job-Key`. */
export function keyedJobRoutes(server: FastifyInstance): void {
  server.post<{ Params: { key: string }; Body: Ending | null }>(
    "/jobs/:key/complete",
    { schema: { body: jobEndingContract.schema }, config: { body: jobEndingContract } },
    async (request) => {
      const context = contextOf(request);
      const { status, error_message: errorMessage = null } = request.body ?? {};
      const ending = {
        status: (status?.toUpperCase() as JobOutcome | undefined) ?? JobOutcome.COMPLETED,
        errorMessage,
      };
      const job = await context.services.keyedJobs.close(context.viewer, request.params.key, ending);
      return jobEndShape(context, context.record.ofJob(job), request.params.key);
    },
  );
}

async function jobEndShape(context: RequestContext, job: JobRow, key: string): Promise<object> {
  const costs = costFields(await loadCosts(context, job));
  return { id: job.id, object: "job", job_key: key, status: job.status.toLowerCase(), costs };
}

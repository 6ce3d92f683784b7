import type { ValuesOf } from "../../../db/column-type.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { costFields } from "../../jobs/costs/cost-fields.js";
import { costsOf } from "../../jobs/costs/job-costs.js";
import type { JobRow } from "../../jobs/job.service.js";
import { wireName } from "../webhook-event.js";
import type { eventsOfDeliveries } from "./delivery.sql.js";

type EventOfDelivery = ValuesOf<typeof eventsOfDeliveries.row>;

const OF_JOB = "job/";

/** The job that an event is about, if its data are those of the job. */
export const jobIdOf = ({ subject, payload }: EventOfDelivery): string | null =>
  payload === null && subject.startsWith(OF_JOB) ? subject.slice(OF_JOB.length) : null;

/** What is posted: the same at each try. `job` is the job that the event is about. */
export const bodyOf = (event: EventOfDelivery, job: JobRow | undefined): JsonObject => ({
  type: wireName(event.type),
  timestamp: event.createdAt.toISOString(),
  data: job ? jobData(job, event.isAdmins) : ((event.payload ?? {}) as JsonObject),
});

/**
 * A job with its costs, as `GET /api/jobs/{job_id}` and `GET /api/jobs/{job_id}/costs` have them. Only a webhook of the
 * admin's own is told of the cost without the markup of the team.
 */
function jobData(job: JobRow, isAdmins: boolean): JsonObject {
  const costs = costsOf({ kind: isAdmins ? "admin" : "team" }, job, job.creditsRemaining ?? 0);
  return {
    job_id: job.id,
    team_id: job.teamId,
    job_type: job.jobType,
    status: job.status.toLowerCase(),
    metadata: job.metadata as JsonObject,
    error_message: job.errorMessage,
    credit_applied: job.creditApplied,
    created_at: job.createdAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    completed_at: job.completedAt?.toISOString() ?? null,
    costs: costFields(costs),
  };
}

import type { Db, Tx } from "../../../db/database.js";
import { queryRows } from "../../../db/rows.js";
import { type Job, type LlmCall, Prisma } from "../../../generated/prisma/client.js";
import { DomainError, notFound } from "../../../lib/errors.js";
import type { JsonObject } from "../../../lib/json.js";
import type { JobLimits } from "../../jobs/job.service.js";
import { requireOpen } from "../../jobs/job-state.js";

export interface Admission {
  /** The call's. */
  readonly id: string;
  readonly jobId: string;
  readonly teamId: string;
  readonly modelGroup: string;
  readonly model: string;
  readonly provider: string;
  readonly purpose: string | null;
  readonly metadata: JsonObject;
  readonly now: Date;
  readonly leaseUntil: Date;
}

/**
 * Commits to a call before anything is asked of the upstream, in one statement: the job becomes IN_PROGRESS and counts
 * the call as running, and the call's row exists. Refuses a job that is not open, is full, or whose team is suspended;
 * then nothing is written.
 */
export async function admitCall(db: Db | Tx, admission: Admission, limits: JobLimits): Promise<LlmCall> {
  const { jobId, teamId, now, leaseUntil } = admission;
  const [call] = await queryRows<LlmCall>(
    db,
    Prisma.sql`WITH admitted AS (
      UPDATE jobs SET status = 'IN_PROGRESS', started_at = COALESCE(started_at, ${now}), total_calls = total_calls + 1,
        running_calls = running_calls + 1,
        expires_at = LEAST(${new Date(now.getTime() + limits.ttlMs)}, created_at + make_interval(secs => ${limits.maxAgeMs / 1000}))
      WHERE id = ${jobId}::uuid AND team_id = ${teamId} AND status IN ('PENDING', 'IN_PROGRESS') AND closing_as IS NULL
        AND expires_at > ${now} AND total_calls < ${limits.maxCalls}
        AND EXISTS (SELECT FROM teams JOIN organizations ON organizations.id = organization_id
          WHERE teams.id = ${teamId} AND teams.status = 'ACTIVE' AND organizations.status = 'ACTIVE')
      RETURNING id
    ) INSERT INTO llm_calls (id, job_id, status, model_group, model, provider, purpose, metadata, created_at, lease_until)
      SELECT ${admission.id}::uuid, id, 'RUNNING', ${admission.modelGroup}, ${admission.model}, ${admission.provider}, ${admission.purpose},
        ${JSON.stringify(admission.metadata)}::jsonb, ${now}, ${leaseUntil}
      FROM admitted RETURNING *`,
  );
  return call ?? (await explainRefusal(db, admission, limits));
}

async function explainRefusal(db: Db | Tx, { jobId, teamId, now }: Admission, limits: JobLimits): Promise<never> {
  const [job] = await queryRows<Job>(
    db,
    Prisma.sql`SELECT * FROM jobs WHERE id = ${jobId}::uuid AND team_id = ${teamId}`,
  );
  if (!job) throw notFound("job", jobId);
  requireOpen(job, now);
  if (job.totalCalls >= limits.maxCalls) {
    throw new DomainError("INVALID_STATE", `The job has ${job.totalCalls} calls, which is the most it may have.`, {
      jobId,
      status: job.status,
    });
  }
  throw new DomainError("TEAM_SUSPENDED");
}

import { columnsOf } from "../../../db/field-names.js";
import { statement } from "../../../db/statement.js";
import { jobRow } from "../../jobs/job.sql.js";
import { expiresAt, HAS_EXPIRED } from "../../jobs/job-expiry.sql.js";
import { IS_SUSPENDED } from "../../organizations/account-status.sql.js";
import { leaseUntil, llmCallRow } from "./call-row.sql.js";

/**
 * Commits to a call before anything is asked of the upstream: the job becomes IN_PROGRESS and counts the call as running,
 * and the call's row exists. Returns no row, and writes nothing, if the job is not open, is full, was opened for
 * another call, or its team is suspended.
 */
export const admitCall = statement({
  name: "admit-call",
  params: {
    id: "uuid",
    jobId: "uuid",
    teamId: "text",
    modelGroup: "text",
    model: "text",
    provider: "text",
    purpose: "text?",
    metadata: "jsonb",
    leaseMs: "float8",
    ttlMs: "float8",
    maxAgeMs: "float8",
    maxCalls: "int4",
  },
  text: `WITH admitted AS (
      UPDATE jobs SET status = 'IN_PROGRESS', started_at = COALESCE(started_at, tollgate_now()), total_calls = total_calls + 1,
        running_calls = running_calls + 1, expires_at = ${expiresAt("created_at", "$10", "$11")}
      WHERE id = $2 AND team_id = $3 AND status IN ('PENDING', 'IN_PROGRESS') AND closing_as IS NULL
        AND NOT ${HAS_EXPIRED} AND total_calls < CASE WHEN of_one_call THEN 1 ELSE $12 END
        AND EXISTS (SELECT FROM teams JOIN organizations ON organizations.id = organization_id
          WHERE teams.id = $3 AND NOT ${IS_SUSPENDED})
      RETURNING id
    ) INSERT INTO llm_calls (id, job_id, status, model_group, model, provider, purpose, metadata, created_at, lease_until)
      SELECT $1::uuid, id, 'RUNNING', $4::text, $5::text, $6::text, $7::text, $8::jsonb, tollgate_now(), ${leaseUntil("$9")}
      FROM admitted RETURNING ${columnsOf(llmCallRow)}`,
  row: llmCallRow,
});

/** The job that refused a call, for the reason. No row means that the team has no such job. */
export const findRefusingJob = statement({
  name: "find-refusing-job",
  params: { jobId: "uuid", teamId: "text" },
  text: `SELECT ${columnsOf(jobRow)}, ${HAS_EXPIRED} AS has_expired FROM jobs WHERE id = $1 AND team_id = $2`,
  row: { ...jobRow, hasExpired: "bool" },
});

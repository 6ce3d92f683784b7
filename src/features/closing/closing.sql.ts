import { columnsOf } from "../../db/field-names.js";
import { statement } from "../../db/statement.js";
import { HAS_EXPIRED } from "../jobs/commit/job-expiry.sql.js";
import { jobRow } from "../jobs/job.sql.js";

/** Marks open jobs whose time ran out as closing. They are found in the index jobs_open_idx. */
export const markExpired = statement({
  name: "mark-expired",
  params: { batchMax: "int4" },
  text: `UPDATE jobs SET closing_as = 'EXPIRED' WHERE id = ANY(ARRAY(
      SELECT id FROM jobs WHERE completed_at IS NULL AND closing_as IS NULL AND ${HAS_EXPIRED}
      ORDER BY expires_at LIMIT $1::int4 FOR UPDATE SKIP LOCKED)) RETURNING id`,
  row: { id: "uuid" },
});

/** Jobs that are being closed and have no running call left. They are found in the index jobs_closing_idx. */
export const findClosings = statement({
  name: "find-closings",
  params: { batchMax: "int4" },
  text: `SELECT ${columnsOf(jobRow)} FROM jobs WHERE closing_as IS NOT NULL AND running_calls = 0
    ORDER BY expires_at, id LIMIT $1::int4`,
  row: jobRow,
});

/** The first running calls of a job, oldest first. */
export const runningCallsOfJob = statement({
  name: "running-calls-of-job",
  params: { jobId: "uuid", namedMax: "int4" },
  text: "SELECT id FROM llm_calls WHERE job_id = $1 AND status = 'RUNNING' ORDER BY created_at LIMIT $2::int4",
  row: { id: "uuid" },
});

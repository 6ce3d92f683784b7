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

/** Deletes a team. No row means that it is deleted already. */
export const deleteTeam = statement({
  name: "delete-team",
  params: { teamId: "text" },
  text: `UPDATE teams SET status = 'DELETED', deleted_at = tollgate_now(), updated_at = tollgate_now(), suspended_by = NULL
    WHERE id = $1 AND status <> 'DELETED' RETURNING id`,
  row: { id: "text" },
});

/** Revokes all keys of a team, which are locked in order of id. */
export const revokeKeysOfTeam = statement({
  name: "revoke-keys-of-team",
  params: { teamId: "text" },
  text: `UPDATE virtual_keys SET revoked_at = tollgate_now() WHERE id = ANY(ARRAY(
      SELECT id FROM virtual_keys WHERE team_id = $1 AND revoked_at IS NULL ORDER BY id FOR NO KEY UPDATE))`,
  row: {},
});

/** Takes all model groups from a team, so that they can be deleted. */
export const takeGroupsOfTeam = statement({
  name: "take-groups-of-team",
  params: { teamId: "text" },
  text: "DELETE FROM team_model_groups WHERE team_id = $1",
  row: {},
});

/** Marks open jobs of a team as closing. From then on they take no call. */
export const markJobsOfTeam = statement({
  name: "mark-jobs-of-team",
  params: { teamId: "text", batchMax: "int4" },
  text: `UPDATE jobs SET closing_as = 'CANCELLED' WHERE id = ANY(ARRAY(
      SELECT id FROM jobs WHERE team_id = $1 AND status IN ('PENDING', 'IN_PROGRESS') AND closing_as IS NULL
      ORDER BY id LIMIT $2::int4 FOR NO KEY UPDATE)) RETURNING id`,
  row: { id: "uuid" },
});

/**
 * The same for teams that were deleted not long ago. Their deletion may have been cut short, or had too many jobs to mark. And
 * a job may have been opened by a statement that began before its team was deleted, and ended after it.
 */
export const markJobsOfDeleted = statement({
  name: "mark-jobs-of-deleted",
  params: { batchMax: "int4", withinMs: "float8" },
  text: `UPDATE jobs SET closing_as = 'CANCELLED' WHERE id = ANY(ARRAY(
      SELECT jobs.id FROM teams JOIN jobs ON jobs.team_id = teams.id
      WHERE deleted_at > tollgate_now() - $2 * interval '1 ms' AND jobs.status IN ('PENDING', 'IN_PROGRESS') AND closing_as IS NULL
      ORDER BY jobs.id LIMIT $1::int4 FOR NO KEY UPDATE OF jobs SKIP LOCKED)) RETURNING id`,
  row: { id: "uuid" },
});

/** The first jobs of a team that are being closed, those first that have no running call. */
export const closingsOfTeam = statement({
  name: "closings-of-team",
  params: { teamId: "text", batchMax: "int4" },
  text: `SELECT ${columnsOf(jobRow)} FROM jobs WHERE closing_as IS NOT NULL AND team_id = $1
    ORDER BY running_calls > 0, id LIMIT $2::int4`,
  row: jobRow,
});

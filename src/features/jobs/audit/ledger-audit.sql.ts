import { statement } from "../../../db/statement.js";

/**
 * Adds up a team's next entries: those after the sequence `after`, at most `entriesMax`. `place`, `available` and `held`
 * are what the entries before them came to. The differences are those of the entries. The balance and the grants are those
 * of the same moment: if these are the last entries, they must be what all entries came to. `grants` is what is left of the
 * grants, less what was used and not taken from them yet. No row means that there is no such team.
 */
export const auditEntries = statement({
  name: "audit-entries",
  params: {
    teamId: "text",
    after: "int4",
    place: "int4",
    available: "safeint",
    held: "safeint",
    entriesMax: "int4",
    differencesMax: "int4",
  },
  text: `WITH part AS MATERIALIZED (
      SELECT id, sequence, job_id, kind, credits, held_credits, available_after, held_after
      FROM credit_entries WHERE account_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $6::int4
    ), entries AS (
      SELECT *, $3::int4 + row_number() OVER in_order AS place, $4::int8 + sum(credits) OVER in_order AS available_sum,
        $5::int8 + sum(held_credits) OVER in_order AS held_sum
      FROM part WINDOW in_order AS (ORDER BY sequence)
    ), differences AS (
      SELECT figure, id AS "entryId", NULL::uuid AS "jobId", recorded, recomputed FROM entries, LATERAL (VALUES
        ('SEQUENCE', sequence, place), ('AVAILABLE', available_after, available_sum), ('HELD', held_after, held_sum)) AS pairs (figure, recorded, recomputed)
      WHERE recorded <> recomputed LIMIT $7::int4
    ), sums AS (
      SELECT count(*)::integer AS entry_count, max(sequence) AS last_sequence, COALESCE(-sum(credits + held_credits) FILTER (WHERE kind = 'POST'), 0) AS used,
        COALESCE(sum(credits) FILTER (WHERE job_id IS NULL), 0) AS allocated,
        COALESCE(sum(held_credits), 0) AS held, COALESCE(sum(credits), 0) AS available
      FROM part
    ) SELECT sums.*, to_jsonb(credit_balances) AS balance,
        (SELECT COALESCE(sum(remaining), 0) FROM credit_grants WHERE account_id = $1 AND remaining > 0) - (used_in_all - used_of_grants) AS grants,
        (SELECT COALESCE(jsonb_agg(to_jsonb(differences)), '[]') FROM differences) AS differences
      FROM sums, (SELECT *, used AS used_in_all FROM credit_balances) AS credit_balances WHERE account_id = $1`,
  row: {
    entryCount: "int4",
    lastSequence: "int4?",
    used: "safeint",
    allocated: "safeint",
    held: "safeint",
    available: "safeint",
    balance: "jsonb",
    grants: "safeint",
    differences: "jsonb",
  },
});

/**
 * Compares a team's next jobs with their entries: those after the job `after`, at most `jobsMax`, oldest first. All that
 * is read is of one moment.
 */
export const auditJobs = statement({
  name: "audit-jobs",
  params: { teamId: "text", after: "uuid?", jobsMax: "int4", differencesMax: "int4" },
  text: `WITH part AS MATERIALIZED (
      SELECT id, created_at, posted_credits AS used, held_credits AS held
      FROM unnest(enum_range(NULL::job_status)) AS each(status) CROSS JOIN LATERAL (
        SELECT * FROM jobs WHERE team_id = $1 AND status = each.status
          AND (created_at, id) > (COALESCE((SELECT created_at FROM jobs WHERE id = $2), '-infinity'),
            COALESCE($2, '00000000-0000-0000-0000-000000000000'))
        ORDER BY created_at NULLS FIRST, id NULLS FIRST LIMIT $3::int4
      ) AS of_status ORDER BY created_at, id LIMIT $3::int4
    ), differences AS (
      SELECT figure, NULL::uuid AS "entryId", part.id AS "jobId", recorded, recomputed FROM part CROSS JOIN LATERAL (
        SELECT COALESCE(-sum(credits + held_credits) FILTER (WHERE kind = 'POST'), 0) AS used, COALESCE(sum(held_credits), 0) AS held, COALESCE(sum(credits), 0) AS available
        FROM credit_entries WHERE job_id = part.id
      ) AS entries, LATERAL (VALUES ('USED', entries.used, part.used), ('HELD', entries.held, part.held),
        ('AVAILABLE', entries.available, -(part.used + part.held))) AS pairs (figure, recorded, recomputed)
      WHERE recorded <> recomputed LIMIT $4::int4
    ) SELECT (SELECT count(*)::integer FROM part) AS job_count,
        (SELECT id FROM part ORDER BY created_at DESC, id DESC LIMIT 1) AS last_job_id,
        (SELECT COALESCE(jsonb_agg(to_jsonb(differences)), '[]') FROM differences) AS differences`,
  row: { jobCount: "int4", lastJobId: "uuid?", differences: "jsonb" },
});

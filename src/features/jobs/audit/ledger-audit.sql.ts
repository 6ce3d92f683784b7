import { statement } from "../../../db/statement.js";

/**
 * A team's credits as they are recorded, as its entries and jobs add up, and where the two differ. It is one statement, so
 * that it sees one moment of a ledger that goes on. No row means that there is no such team.
 */
export const auditLedger = statement({
  name: "audit-ledger",
  params: { teamId: "text", differencesMax: "int4" },
  text: `WITH entries AS MATERIALIZED (
      SELECT *, row_number() OVER in_order AS place, sum(credits) OVER in_order AS available_sum, sum(held_credits) OVER in_order AS held_sum
      FROM credit_entries WHERE team_id = $1 WINDOW in_order AS (ORDER BY sequence)
    ), sums AS (
      SELECT count(*)::integer AS entry_count, COALESCE(sum(credits) FILTER (WHERE kind IN ('GRANT', 'ADJUST')), 0) AS allocated,
        count(*) FILTER (WHERE kind = 'POST') AS used, COALESCE(sum(held_credits), 0) AS held, COALESCE(sum(credits), 0) AS available
      FROM entries
    ), balance AS (
      SELECT * FROM credit_balances WHERE team_id = $1
    ), team_jobs AS MATERIALIZED (
      SELECT id, (status = 'COMPLETED')::integer AS used, (completed_at IS NULL)::integer AS held FROM jobs WHERE team_id = $1
    ), job_sums AS (
      SELECT job_id, count(*) FILTER (WHERE kind = 'POST') AS used, sum(held_credits) AS held, -sum(credits) AS spent
      FROM entries WHERE job_id IS NOT NULL GROUP BY job_id
    ), figures (figure, entry_id, job_id, recorded, recomputed) AS (
      SELECT figure, NULL::uuid, NULL::uuid, recorded, recomputed FROM balance, sums, LATERAL (VALUES
        ('ALLOCATED', balance.allocated, sums.allocated), ('USED', balance.used, sums.used),
        ('HELD', balance.held, sums.held), ('AVAILABLE', balance.available, sums.available)) AS pairs (figure, recorded, recomputed)
      UNION ALL
      SELECT figure, id, NULL::uuid, recorded, recomputed FROM entries, LATERAL (VALUES
        ('SEQUENCE', sequence, place), ('AVAILABLE', available_after, available_sum), ('HELD', held_after, held_sum)) AS pairs (figure, recorded, recomputed)
      UNION ALL
      SELECT figure, NULL::uuid, id, COALESCE(recorded, 0), recomputed FROM team_jobs LEFT JOIN job_sums ON job_id = id, LATERAL (VALUES
        ('USED', job_sums.used, team_jobs.used), ('HELD', job_sums.held, team_jobs.held),
        ('AVAILABLE', -job_sums.spent, -(team_jobs.used + team_jobs.held))) AS pairs (figure, recorded, recomputed)
    ), differences AS (
      SELECT figure, entry_id AS "entryId", job_id AS "jobId", recorded, recomputed FROM figures WHERE recorded <> recomputed LIMIT $2::int4
    ) SELECT entry_count, (SELECT count(*)::integer FROM team_jobs) AS job_count, to_jsonb(balance) AS recorded, to_jsonb(sums) AS recomputed,
        (SELECT COALESCE(jsonb_agg(to_jsonb(differences)), '[]') FROM differences) AS differences
      FROM balance, sums`,
  row: { entryCount: "int4", jobCount: "int4", recorded: "jsonb", recomputed: "jsonb", differences: "jsonb" },
});

import { authorize, mayReach } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/database.js";
import { queryRows } from "../../db/rows.js";
import { Prisma } from "../../generated/prisma/client.js";
import { isId } from "../../input/validate.js";
import { notFound } from "../../lib/errors.js";
import type { LedgerAudit, LedgerDifference } from "./ledger-audit.type.js";

const DIFFERENCES_MAX = 100;

interface Sums {
  readonly allocated: number;
  readonly used: number;
  readonly held: number;
  readonly available: number;
}

interface Findings {
  readonly entryCount: number;
  readonly jobCount: number;
  readonly recorded: Sums;
  readonly recomputed: Sums;
  readonly differences: LedgerDifference[];
}

export class LedgerAuditService {
  constructor(private readonly db: Db) {}

  /**
   * Reckons a team's credits anew from its entries and its jobs, in one statement, so that it sees one moment of a
   * ledger that goes on. It reads everything the team ever did. At most 100 differences are reported.
   */
  async audit(viewer: Viewer, teamId: string): Promise<LedgerAudit> {
    authorize(viewer, "credits.audit");
    const [findings] = isId(teamId) && mayReach(viewer, teamId) ? await this.findings(teamId) : [];
    if (!findings) throw notFound("team", teamId);
    const { recorded, recomputed, differences } = findings;
    return {
      teamId,
      isSound: differences.length === 0,
      entryCount: findings.entryCount,
      jobCount: findings.jobCount,
      recorded: withRemaining(recorded),
      recomputed: withRemaining(recomputed),
      differences,
    };
  }

  private findings(teamId: string): Promise<Findings[]> {
    return queryRows<Findings>(
      this.db,
      Prisma.sql`WITH entries AS MATERIALIZED (
        SELECT *, row_number() OVER in_order AS place, sum(credits) OVER in_order AS available_sum, sum(held_credits) OVER in_order AS held_sum
        FROM credit_entries WHERE team_id = ${teamId} WINDOW in_order AS (ORDER BY sequence)
      ), sums AS (
        SELECT count(*)::integer AS entry_count, COALESCE(sum(credits) FILTER (WHERE kind IN ('GRANT', 'ADJUST')), 0) AS allocated,
          count(*) FILTER (WHERE kind = 'POST') AS used, COALESCE(sum(held_credits), 0) AS held, COALESCE(sum(credits), 0) AS available
        FROM entries
      ), balance AS (
        SELECT * FROM credit_balances WHERE team_id = ${teamId}
      ), team_jobs AS MATERIALIZED (
        SELECT id, (status = 'COMPLETED')::integer AS used, (completed_at IS NULL)::integer AS held FROM jobs WHERE team_id = ${teamId}
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
        SELECT figure, entry_id AS "entryId", job_id AS "jobId", recorded, recomputed FROM figures WHERE recorded <> recomputed LIMIT ${DIFFERENCES_MAX}
      ) SELECT entry_count, (SELECT count(*)::integer FROM team_jobs) AS job_count, to_jsonb(balance) AS recorded, to_jsonb(sums) AS recomputed,
          (SELECT COALESCE(jsonb_agg(to_jsonb(differences)), '[]') FROM differences) AS differences
        FROM balance, sums`,
    );
  }
}

function withRemaining({ allocated, used, held, available }: Sums) {
  return { allocated, used, held, available, remaining: allocated - used };
}

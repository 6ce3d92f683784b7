import { authorize, mayReach } from "../../../auth/policy.js";
import type { Viewer } from "../../../auth/viewer.js";
import type { Sql } from "../../../db/statement.js";
import { isId } from "../../../input/rules.js";
import { notFound } from "../../../lib/errors.js";
import { auditLedger } from "./ledger-audit.sql.js";
import type { LedgerAudit, LedgerDifference } from "./ledger-audit.type.js";

const DIFFERENCES_MAX = 100;

interface Sums {
  readonly allocated: number;
  readonly used: number;
  readonly held: number;
  readonly available: number;
}

export class LedgerAuditService {
  constructor(private readonly sql: Sql) {}

  /**
   * Recomputes a team's credits from its entries and its jobs. It is one statement, so that it sees one moment of a ledger
   * that goes on. It reads everything that the team ever did. At most 100 differences are reported.
   */
  async audit(viewer: Viewer, teamId: string): Promise<LedgerAudit> {
    authorize(viewer, "credits.audit");
    const mayAsk = isId(teamId) && mayReach(viewer, teamId);
    const [findings] = mayAsk ? await this.sql.run(auditLedger, { teamId, differencesMax: DIFFERENCES_MAX }) : [];
    if (!findings) throw notFound("team", teamId);
    const differences = findings.differences as unknown as LedgerDifference[];
    return {
      teamId,
      isSound: differences.length === 0,
      entryCount: findings.entryCount,
      jobCount: findings.jobCount,
      recorded: withRemaining(findings.recorded),
      recomputed: withRemaining(findings.recomputed),
      differences,
    };
  }
}

function withRemaining(sums: unknown) {
  const { allocated, used, held, available } = sums as Sums;
  return { allocated, used, held, available, remaining: allocated - used };
}

import { authorize } from "../../../auth/policy.js";
import type { Viewer } from "../../../auth/viewer.js";
import type { Sql } from "../../../db/statement.js";
import { invalid } from "../../../input/validate.js";
import { notFound } from "../../../lib/errors.js";
import type { TeamReach } from "../../organizations/team-reach.js";
import { type AuditState, BEGINNING, type CreditSums, readCursor, writeCursor } from "./audit-state.js";
import { auditEntries, auditJobs } from "./ledger-audit.sql.js";
import { AUDITED_MAX, type LedgerAudit, type LedgerDifference, LedgerFigure } from "./ledger-audit.type.js";

/** Entries or jobs that one statement reads, so that it takes a fraction of a second. */
const STATEMENT_MAX = 5_000;
const DIFFERENCES_MAX = 100;

interface AuditRequest {
  readonly teamId: string;
  readonly after?: string | null;
  readonly first?: number | null;
}

/** What one statement has added to an audit. */
interface Step {
  readonly state: AuditState;
  /** The entries or jobs that it read. If they are fewer than it was to read, there are no more. */
  readonly count: number;
  readonly differences: readonly LedgerDifference[];
}

export class LedgerAuditService {
  constructor(
    private readonly sql: Sql,
    private readonly teamReach: TeamReach,
  ) {}

  /**
   * Recomputes a team's credits from its entries and compares its jobs with them. One request reads at most `first` entries
   * and jobs, in statements of a bounded size, and the next goes on from its cursor. The ledger goes on meanwhile: entries
   * never change, the balance is read at the same moment as the last entry, and each job at the same moment as its entries.
   */
  async audit(viewer: Viewer, { teamId, after, first }: AuditRequest): Promise<LedgerAudit> {
    authorize(viewer, "credits.audit");
    await this.teamReach.require(viewer, teamId);
    let left = first ?? AUDITED_MAX;
    if (left < 1 || left > AUDITED_MAX) throw invalid("first", `must be from 1 to ${AUDITED_MAX}`, first);
    let state = after == null ? BEGINNING : readCursor(teamId, after);
    let isComplete = false;
    const differences: LedgerDifference[] = [];
    while (left > 0 && !isComplete) {
      const max = Math.min(left, STATEMENT_MAX);
      const { areEntriesRead } = state;
      const step = areEntriesRead ? await this.jobs(teamId, state, max) : await this.entries(teamId, state, max);
      differences.push(...step.differences);
      state = { ...step.state, differenceCount: state.differenceCount + step.differences.length };
      left -= step.count;
      isComplete = areEntriesRead && step.count < max;
    }
    return {
      teamId,
      isComplete,
      isSound: isComplete && state.differenceCount === 0,
      endCursor: isComplete ? null : writeCursor(teamId, state),
      entryCount: state.entryCount,
      jobCount: state.jobCount,
      recorded: withRemaining(state.recorded),
      recomputed: withRemaining(state.recomputed),
      differences: differences.slice(0, DIFFERENCES_MAX),
    };
  }

  private async entries(teamId: string, state: AuditState, entriesMax: number): Promise<Step> {
    const { sequence: after, entryCount: place, recomputed: before } = state;
    const { available, held } = before;
    const values = { teamId, after, place, available, held, entriesMax, differencesMax: DIFFERENCES_MAX };
    const [found] = await this.sql.run(auditEntries, values);
    if (!found) throw notFound("team", teamId);
    const recomputed = {
      allocated: before.allocated + found.allocated,
      used: before.used + found.used,
      held: held + found.held,
      available: available + found.available,
    };
    const recorded = sumsOf(found.balance);
    const areEntriesRead = found.entryCount < entriesMax;
    const entryCount = place + found.entryCount;
    const ofBalance = areEntriesRead ? differencesOfBalance({ ...recorded, grants: found.grants }, recomputed) : [];
    return {
      state: { ...state, sequence: found.lastSequence ?? after, entryCount, recomputed, recorded, areEntriesRead },
      count: found.entryCount,
      differences: [...ofBalance, ...(found.differences as unknown as LedgerDifference[])],
    };
  }

  private async jobs(teamId: string, state: AuditState, jobsMax: number): Promise<Step> {
    const values = { teamId, after: state.jobId, jobsMax, differencesMax: DIFFERENCES_MAX };
    const [found] = await this.sql.run(auditJobs, values);
    if (!found) throw new Error("The audit of jobs has no result.");
    return {
      state: { ...state, jobId: found.lastJobId ?? state.jobId, jobCount: state.jobCount + found.jobCount },
      count: found.jobCount,
      differences: found.differences as unknown as LedgerDifference[],
    };
  }
}

function differencesOfBalance(recorded: CreditSums & { grants: number }, sums: CreditSums): LedgerDifference[] {
  const recomputed = { ...sums, grants: sums.available + sums.held };
  const figures = ["allocated", "used", "held", "available", "grants"] as const;
  return figures
    .filter((figure) => recorded[figure] !== recomputed[figure])
    .map((figure) => ({
      figure: LedgerFigure[figure.toUpperCase() as Uppercase<typeof figure>],
      entryId: null,
      jobId: null,
      recorded: recorded[figure],
      recomputed: recomputed[figure],
    }));
}

function sumsOf(balance: unknown): CreditSums {
  const { allocated, used, held, available } = balance as CreditSums;
  return { allocated, used, held, available };
}

const withRemaining = (sums: CreditSums) => ({ ...sums, remaining: sums.allocated - sums.used });

import type { TeamViewer } from "../../../auth/viewer.js";
import type { ValuesOf } from "../../../db/column-type.js";
import { Lane } from "../../../db/lane.js";
import type { Sql } from "../../../db/statement.js";
import type { Job } from "../../../generated/prisma/client.js";
import { DomainError } from "../../../lib/errors.js";
import { newId } from "../../../lib/ids.js";
import type { JsonObject } from "../../../lib/json/json.js";
import type { Events } from "../../../lib/observe/events.js";
import type { BudgetRefusals } from "../../budgets/budget-refusals.js";
import { LanesByBudget } from "../../budgets/lanes-by-budget.js";
import { tellOfCredits } from "../../credits/tell-of-credits.js";
import {
  type Claim,
  type ClaimColumns,
  claimColumns,
  IDEMPOTENCY_KEPT_MS,
} from "../../idempotency/idempotency-keys.js";
import { openBudgetedJobs, openJobs } from "./open-jobs.sql.js";
import { refusalOfTeam } from "./refusal-of-team.js";

/** How often a job is opened whose idempotency key another request has at this moment. */
const TRIES_MAX = 5;

export interface JobLimits {
  /** How long a job may go without an admission or a settlement. */
  readonly ttlMs: number;
  /** How old an open job may become. */
  readonly maxAgeMs: number;
  readonly maxCalls: number;
}

interface NewJob {
  readonly jobType: string;
  readonly metadata: JsonObject;
  readonly maxCostNanoUsd: bigint | null;
  readonly maxTokens: number | null;
}

/** Opens jobs that take any number of calls. */
export class JobOpening {
  private readonly lanes: LanesByBudget<JobsMember, ValuesOf<typeof openJobs.row>>;

  constructor(
    sql: Sql,
    { ttlMs, maxAgeMs }: JobLimits,
    private readonly events: Events,
    private readonly budgetRefusals: BudgetRefusals,
  ) {
    const limits = { ttlMs, maxAgeMs, keptMs: IDEMPOTENCY_KEPT_MS };
    this.lanes = new LanesByBudget(
      new Lane("open jobs", events, (batch) => sql.run(openJobs, { batch, ...limits })),
      new Lane("open budgeted jobs", events, (batch) => sql.run(openBudgetedJobs, { batch, ...limits })),
    );
  }

  /**
   * Writes a job, its hold and its idempotency key, all or nothing. Throws INSUFFICIENT_CREDITS if no credit is
   * available, UNAUTHENTICATED or TEAM_SUSPENDED if the viewer has lost its access, and UNAVAILABLE if the key is taken.
   */
  async open({ teamId, keyId }: TeamViewer, job: NewJob, claim: Claim | null): Promise<Job> {
    const { jobType, metadata, maxCostNanoUsd, maxTokens } = job;
    // JSON has no bigint. PostgreSQL reads the digits.
    const caps = { maxCostNanoUsd: maxCostNanoUsd?.toString() ?? null, maxTokens };
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const ids = { id: newId(), teamId, keyId, entryId: newId() };
      const answer = await this.lanes.add({ ...ids, jobType, metadata, ...caps, ...claimColumns(claim) });
      if (!answer) throw new Error(`Job ${ids.id} was neither opened nor refused.`);
      const { id, createdAt, expiresAt, verdict, allowanceSpan } = answer;
      if (createdAt && expiresAt) {
        tellOfCredits(this.events, "HOLD", NEW_JOB.heldCredits);
        this.budgetRefusals.overrun({ teamId, keyId }, { JOB_ALLOWANCE: answer.isOverAllowance });
        const { nanoCreditsPerUsd, tokensPerCredit, creditPriceNanoUsd, markupMillionths } = answer;
        const billing = {
          nanoCreditsPerUsd,
          tokensPerCredit,
          creditPriceNanoUsd,
          markupMillionths: markupMillionths ?? 0,
        };
        const limits = { maxCostNanoUsd, maxTokens: maxTokens === null ? null : BigInt(maxTokens) };
        const times = { createdAt, expiresAt };
        return { ...NEW_JOB, id, teamId, keyId, jobType, metadata, ...billing, ...limits, allowanceSpan, ...times };
      }
      if (verdict !== "AGAIN") throw refusalOfTeam(verdict, teamId);
    }
    throw new DomainError("OVERLOADED", "The job met others like it again and again.");
  }

  /** To be called when `open` has thrown, and the request is no repeated one. Counts the refusal. */
  refused(viewer: TeamViewer, refusal: unknown): void {
    this.budgetRefusals.refused(viewer, refusal);
  }
}

/** A job as the statement reads it. */
interface JobsMember extends Omit<NewJob, "maxCostNanoUsd">, ClaimColumns {
  readonly maxCostNanoUsd: string | null;
  readonly id: string;
  readonly teamId: string;
  readonly keyId: string;
  /** Of the ledger's entry. */
  readonly entryId: string;
}

/** What every job begins with. */
const NEW_JOB = {
  status: "PENDING",
  errorMessage: null,
  ofOneCall: false,
  closingAs: null,
  startedAt: null,
  completedAt: null,
  totalCalls: 0,
  successfulCalls: 0,
  failedCalls: 0,
  cancelledCalls: 0,
  runningCalls: 0,
  promptTokens: 0n,
  completionTokens: 0n,
  costNanoUsd: 0n,
  costDigits: 0,
  failedAttemptsCostNanoUsd: 0n,
  latencyMsTotal: 0n,
  estimatedCalls: 0,
  unknownUsageCalls: 0,
  unpricedCalls: 0,
  partlyUnpricedCalls: 0,
  creditApplied: false,
  heldCredits: 1,
  entryCount: 1,
  postedCredits: 0,
  creditsRemaining: null,
} as const satisfies Partial<Job>;

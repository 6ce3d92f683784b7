import { performance } from "node:perf_hooks";
import type { Budget } from "../../../auth/budget.js";
import { Lane } from "../../../db/lane.js";
import type { Sql } from "../../../db/statement.js";
import { DomainError, notFound } from "../../../lib/errors.js";
import type { Events } from "../../../lib/observe/events.js";
import type { Peers } from "../../../streams/redis/peers.js";
import type { BudgetRefusals } from "../../budgets/budget-refusals.js";
import { LanesByBudget } from "../../budgets/lanes-by-budget.js";
import { tellOfCredits } from "../../credits/tell-of-credits.js";
import { IDEMPOTENCY_KEPT_MS, type IdempotencyKeys } from "../../idempotency/idempotency-keys.js";
import type { JobLimits } from "../../jobs/commit/open-job.js";
import type { KeyedJobs } from "../../jobs/keyed-jobs.js";
import type { CallLimits } from "../../limits/call-limits.js";
import type { ConcurrencyLimit } from "../../limits/concurrency-limit.js";
import type { LimitHold } from "../../limits/limit-hold.js";
import { drawPlan, type Plan } from "../../models/plan.js";
import type { PlanLookup, PlanWithRules } from "../../models/plan-lookup.js";
import { isKnownToBePriced, requirePrices } from "../../models/priced-plan.js";
import type { LlmCall } from "../log/call-row.js";
import { allowedRequest } from "../question/allowed-request.js";
import { estimatedTokens } from "../question/estimated-tokens.js";
import { type AdmissionAnswer, refusalOf } from "./admission-refusal.js";
import { admitBudgetedCalls, admitCalls } from "./admit-calls.sql.js";
import type { AdmittedCall, CallToAdmit } from "./admitted-call.js";
import { type CallsMember, memberOf } from "./call-member.js";
import { findCalls } from "./call-row.sql.js";
import { runningRow } from "./running-row.js";

/** How often a call is committed to whose plan changes each time, or whose key another request has at this moment. */
const TRIES_MAX = 5;

export interface CallAdmissionDeps {
  readonly sql: Sql;
  readonly events: Events;
  readonly callLimits: CallLimits;
  readonly budgetRefusals: BudgetRefusals;
  readonly slots: ConcurrencyLimit;
  readonly plans: PlanLookup;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly keyedJobs: KeyedJobs;
  readonly peers: Peers;
  readonly limits: JobLimits;
  readonly leaseMs: number;
  /** From 0 to 1, 1 excluded. Draws which model of a group a call asks first. */
  readonly random: () => number;
}

/** The verdicts on a call whose models may have no price, by the budget that needs one. */
const PRICED_BUDGETS: Partial<Record<string, Budget>> = {
  UNPRICED_UNPAID_COST: "UNPAID_COST",
  UNPRICED_JOB_COST: "JOB_COST",
  UNPRICED_CREDITS: "CREDITS",
};

/** A new call that is to be run, or the call that the same idempotency key began before. */
export type Admission = { readonly admitted: AdmittedCall } | { readonly earlier: LlmCall };

/** Writes calls, so that they exist before anything is asked of the upstream. */
export class CallAdmission {
  private readonly lanes: LanesByBudget<CallsMember, AdmissionAnswer>;

  constructor(private readonly deps: CallAdmissionDeps) {
    const { sql, events, leaseMs } = deps;
    const limits = { leaseMs, ...deps.limits, keptMs: IDEMPOTENCY_KEPT_MS };
    this.lanes = new LanesByBudget(
      new Lane("admit calls", events, (batch) => sql.run(admitCalls, { batch, ...limits })),
      new Lane("admit budgeted calls", events, (batch) => sql.run(admitBudgetedCalls, { batch, ...limits })),
    );
  }

  /**
   * Admits a call, or finds the one that its idempotency key began before, whether it runs or is over. A refusal is
   * thrown, and then nothing is written: RATE_LIMITED by a limit of the team or the key, OVERLOADED if too many calls run,
   * and what the key, the team, its credits and the job have to say. A call that is refused after the limits were taken
   * counts as a request, and gives its tokens back. A repeated request counts as nothing.
   */
  async admit(call: CallToAdmit): Promise<Admission> {
    const { idempotencyKeys, callLimits } = this.deps;
    const { viewer } = call;
    let hold: LimitHold | undefined;
    try {
      return await idempotencyKeys.orEarlier<Admission>(
        call.claim,
        async () => {
          const arrivedMs = performance.now();
          hold = await callLimits.take(viewer, () => this.estimate(call), call.limitSink);
          const admitted = await this.admitNew(call, arrivedMs, hold);
          callLimits.admitted(hold);
          return { admitted };
        },
        async (id) => {
          await hold?.undo();
          if (call.limitSink) call.limitSink.limits = null;
          return { earlier: await this.find(id) };
        },
      );
    } catch (refusal) {
      if (hold) await hold.giveBack();
      else callLimits.refused(viewer, refusal);
      this.deps.budgetRefusals.refused(viewer, refusal);
      throw refusal;
    }
  }

  private async admitNew(call: CallToAdmit, arrivedMs: number, limitHold: LimitHold): Promise<AdmittedCall> {
    const { teamId, organizationId } = call.viewer;
    const giveBackSlot = this.deps.slots.take(teamId);
    try {
      const { restartsMidStream, onDisconnect, keepsAnswer } = call;
      const written = await this.write(call);
      const ofCall = {
        restartsMidStream,
        onDisconnect,
        keepsAnswer,
        teamId,
        organizationId,
        arrivedMs,
        limitHold,
        giveBackSlot,
      };
      return { ...written, ...ofCall };
    } catch (error) {
      giveBackSlot();
      throw error;
    }
  }

  private estimate({ viewer: { teamId }, modelGroup, request }: CallToAdmit): number {
    return estimatedTokens(request, this.deps.plans.remembered(teamId, modelGroup)?.rules.maxOutputTokens ?? null);
  }

  /**
   * Writes the call, and its job if it has none, and its key. The plan that is remembered may be an old one. Then the
   * database says so, or the request does not fit it, and the plan is read anew.
   */
  private async write(call: CallToAdmit): Promise<Pick<AdmittedCall, "call" | "plan" | "cap" | "request">> {
    const { plans } = this.deps;
    const { modelGroup, viewer } = call;
    let remembered = plans.remembered(viewer.teamId, modelGroup);
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const planned: PlanWithRules = remembered ?? (await plans.read(viewer.teamId, modelGroup));
      const request = requestFor(call, planned, remembered !== undefined);
      const plan = this.planFor(call, planned);
      const committed = request && (await this.commitInJob(call, planned, plan));
      if (request && committed) return { ...committed, plan, request };
      remembered = undefined;
    }
    throw new DomainError("OVERLOADED", "The call met others like it again and again, or its model group changes.");
  }

  /** Vectors of two models do not compare, so only the first is asked, unless the group says that they do. */
  private planFor({ kind }: CallToAdmit, { plan, rules }: PlanWithRules): Plan {
    return kind === "EMBEDDING" && !rules.interchangeableEmbeddings ? [plan[0]] : drawPlan(plan, this.deps.random);
  }

  /** Commits to a call in the job that its key names, if it has one. A job that is not there is opened by the commit itself. */
  private async commitInJob(
    call: CallToAdmit,
    planned: PlanWithRules,
    plan: Plan,
  ): ReturnType<CallAdmission["commit"]> {
    const { keyedJobs } = this.deps;
    const { viewer, jobKey } = call;
    if (jobKey === null) return this.commit(call, planned, plan);
    const job = await keyedJobs.find(viewer, jobKey);
    if (job) return this.commit({ ...call, jobId: job.id }, planned, plan);
    try {
      return await this.commit(call, planned, plan);
    } catch (refusal) {
      // Another call may have opened the job meanwhile, with the last credit. Then this one is tried again, in that job.
      if (await keyedJobs.find(viewer, jobKey)) return undefined;
      throw refusal;
    }
  }

  /** Returns undefined if the call is to be tried again, with the plan of this moment. */
  private async commit(
    call: CallToAdmit,
    planned: PlanWithRules,
    plan: Plan,
  ): Promise<Pick<AdmittedCall, "call" | "cap"> | undefined> {
    const member = { ...memberOf(call, plan[0], planned.version), isPriced: isKnownToBePriced(planned) };
    const answer = await this.lanes.add(member);
    if (!answer) throw new Error(`Call ${member.id} was neither admitted nor refused.`);
    const { verdict, createdAt, leaseUntil, markupMillionths, tokensLeft, costLeftNanoUsd } = answer;
    if (verdict === "AGAIN" || verdict === "PLAN_CHANGED") return undefined;
    const toBePriced = PRICED_BUDGETS[verdict];
    if (toBePriced) {
      await requirePrices(planned, toBePriced);
      return this.commit(call, planned, plan);
    }
    if (createdAt === null || leaseUntil === null) throw refusalOf(answer, member, this.deps.limits);
    tellOfCredits(this.deps.events, "HOLD", answer.heldCredits);
    const { isOverUnpaidCost: UNPAID_COST, isOverAllowance: JOB_ALLOWANCE } = answer;
    this.deps.budgetRefusals.overrun(call.viewer, { UNPAID_COST, JOB_ALLOWANCE });
    this.deps.peers.tellWatchers(`job:${member.jobId}`);
    return {
      call: runningRow(member, { createdAt, leaseUntil, markupMillionths }),
      cap: tokensLeft === null && costLeftNanoUsd === null ? null : { tokensLeft, costLeftNanoUsd },
    };
  }

  private async find(id: string): Promise<LlmCall> {
    const [call] = await this.deps.sql.run(findCalls, { ids: [id] });
    if (!call) throw notFound("call", id);
    return call;
  }
}

/** The request as it is passed on. Undefined if a plan that is only remembered does not allow it. */
function requestFor(
  { request, leavesOutBookkeeping }: CallToAdmit,
  { rules }: PlanWithRules,
  isRemembered: boolean,
): AdmittedCall["request"] | undefined {
  try {
    return allowedRequest(request, rules, leavesOutBookkeeping);
  } catch (refusal) {
    if (isRemembered) return undefined;
    throw refusal;
  }
}

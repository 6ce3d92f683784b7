import type { Db } from "../../../db/client.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction } from "../../../db/transaction.js";
import { DomainError, notFound } from "../../../lib/errors.js";
import { newId } from "../../../lib/ids.js";
import type { Intake } from "../../../lib/intake.js";
import type { IdempotencyKeys } from "../../idempotency/idempotency-keys.js";
import { type JobNow, requireOpen } from "../../jobs/job-state.js";
import type { JobLimits, JobOpening } from "../../jobs/open-job.js";
import type { ConcurrencyLimit } from "../../limits/concurrency-limit.js";
import type { Plan } from "../../models/plan.js";
import type { PlanLookup } from "../../models/plan-lookup.js";
import type { LlmCall } from "../log/call-row.js";
import { allowedRequest } from "../question/allowed-request.js";
import { admitCall, findRefusingJob } from "./admit-call.sql.js";
import type { AdmittedCall, CallToAdmit } from "./admitted-call.js";
import { findCall } from "./call-row.sql.js";

export interface CallAdmissionDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly intake: Intake;
  readonly slots: ConcurrencyLimit;
  readonly plans: PlanLookup;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly jobOpening: JobOpening;
  readonly limits: JobLimits;
  readonly leaseMs: number;
  readonly providerName: string;
}

/** A new call that is to be run, or the call that the same idempotency key began before. */
export type Admission = { readonly admitted: AdmittedCall } | { readonly earlier: LlmCall };

/** Writes calls, so that they exist before anything is asked of the upstream. */
export class CallAdmission {
  constructor(private readonly deps: CallAdmissionDeps) {}

  /**
   * Admits a call, or finds the one that its idempotency key began before, whether it runs or is over. A refusal is
   * thrown, and then nothing is written: UNAVAILABLE if the process is stopping, OVERLOADED if too many calls run, and
   * what the team, its credits and the job have to say.
   */
  async admit(call: CallToAdmit): Promise<Admission> {
    const { sql, idempotencyKeys } = this.deps;
    const earlier = call.claim && (await idempotencyKeys.recall(call.claim));
    if (earlier) return { earlier: await found(sql, earlier) };
    const admitted = await this.admitNew(call);
    // Null: another request with the same key was faster.
    return admitted ? { admitted } : this.admit(call);
  }

  private async admitNew(call: CallToAdmit): Promise<AdmittedCall | null> {
    const { intake, slots, plans } = this.deps;
    const { viewer, restartsMidStream, onDisconnect } = call;
    intake.requireOpen();
    const giveBackSlot = slots.take(viewer.teamId);
    let row: LlmCall | null = null;
    try {
      const { plan, rules } = await plans.planWithRules(viewer.teamId, call.modelGroup);
      const request = allowedRequest(call.request, rules, call.leavesOutBookkeeping);
      row = await this.write(call, plan);
      const owner = { teamId: viewer.teamId, endsJob: call.jobId === null, giveBackSlot };
      return row && { call: row, plan, request, restartsMidStream, onDisconnect, ...owner };
    } finally {
      if (!row) giveBackSlot();
    }
  }

  /** Writes the call, and its job if it has none, and its key. Null if another request has taken the key meanwhile. */
  private async write(call: CallToAdmit, plan: Plan): Promise<LlmCall | null> {
    const { idempotencyKeys, jobOpening } = this.deps;
    const { jobId, claim, viewer, jobType } = call;
    const id = newId();
    if (jobId !== null && !claim) return this.insert(this.deps.sql, { id, jobId }, call, plan);
    return inTransaction(this.deps.db, async (transaction) => {
      if (claim && !(await idempotencyKeys.take(transaction, claim, id))) return null;
      const job = { id: newId(), jobType, metadata: {}, ofOneCall: true };
      const ids = { id, jobId: jobId ?? (await jobOpening.open(transaction, viewer, job)).id };
      return this.insert(transaction.sql, ids, call, plan);
    });
  }

  private async insert(
    sql: Sql,
    ids: { id: string; jobId: string },
    { viewer: { teamId }, modelGroup, purpose, metadata }: CallToAdmit,
    [{ name: model }]: Plan,
  ): Promise<LlmCall> {
    const { limits, leaseMs, providerName: provider } = this.deps;
    const columns = { ...ids, teamId, modelGroup, model, provider, purpose, metadata, leaseMs };
    const [row] = await sql.run(admitCall, { ...columns, ...limits });
    if (row) return row;
    const [job] = await sql.run(findRefusingJob, { jobId: ids.jobId, teamId });
    return refuse(job, ids.jobId, limits);
  }
}

/** Says why a job took no call. If nothing is wrong with the job, its team is suspended. */
function refuse(job: JobNow | undefined, jobId: string, { maxCalls }: JobLimits): never {
  if (!job) throw notFound("job", jobId);
  requireOpen(job);
  if (job.ofOneCall)
    throw new DomainError("INVALID_STATE", "The job was opened for one call, and takes no other.", {
      jobId,
      status: job.status,
    });
  if (job.totalCalls < maxCalls) throw new DomainError("TEAM_SUSPENDED");
  throw new DomainError("INVALID_STATE", `The job has ${job.totalCalls} calls, which is the most it may have.`, {
    jobId,
    status: job.status,
  });
}

async function found(sql: Sql, id: string): Promise<LlmCall> {
  const [call] = await sql.run(findCall, { id });
  if (!call) throw notFound("call", id);
  return call;
}

import { authorize } from "../../../auth/policy.js";
import { scopeOf, type TeamViewer, type Viewer } from "../../../auth/viewer.js";
import type { Db } from "../../../db/database.js";
import { inTransaction } from "../../../db/transaction.js";
import type { LlmCall } from "../../../generated/prisma/client.js";
import { invalid, validate } from "../../../input/validate.js";
import type { Clock } from "../../../lib/clock.js";
import { notFound } from "../../../lib/errors.js";
import { isUuid, newId } from "../../../lib/ids.js";
import type { Intake } from "../../../lib/intake.js";
import type { ChatRequest } from "../../../upstream/provider.js";
import { type Claim, claimOf, type IdempotencyKeys } from "../../idempotency/idempotency-keys.js";
import type { JobLimits, JobService } from "../../jobs/job.service.js";
import type { ConcurrencyLimit } from "../../limits/concurrency-limit.js";
import type { ModelGroupService } from "../../models/model-group.service.js";
import type { Plan } from "../../models/plan.js";
import type { LlmCallInput } from "../call.input.js";
import { toChatRequest } from "../check-call.js";
import type { CallLeases } from "../run/call-leases.js";
import type { OnDisconnect, RunningCalls } from "../run/running-calls.js";
import { type Admission, admitCall } from "./admit-call.sql.js";

interface Needs {
  readonly db: Db;
  readonly clock: Clock;
  readonly jobs: JobService;
  readonly modelGroups: ModelGroupService;
  readonly running: RunningCalls;
  readonly leases: CallLeases;
  readonly slots: ConcurrencyLimit;
  readonly intake: Intake;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly limits: JobLimits;
  readonly providerName: string;
}

/** How a call is asked of the upstream, and what becomes of it without a client where the caller does not say. */
export interface Manner {
  readonly isStreamed: boolean;
  readonly onDisconnect: OnDisconnect;
  readonly idempotencyKey: string | null | undefined;
}

export class CallStarter {
  constructor(private readonly needs: Needs) {}

  /**
   * Admits a call and starts it; or finds the one that its idempotency key began before, whether it runs or is over. What
   * refuses it is thrown, and then nothing is written: OVERLOADED where too many calls run, UNAVAILABLE where the process
   * stops, and what the input, the team, its credits and the job have to say.
   */
  async start(viewer: Viewer, input: LlmCallInput, manner: Manner): Promise<LlmCall> {
    authorize(viewer, "call.run");
    const request = toChatRequest(validate(input), manner.isStreamed);
    const claim = claimOf(scopeOf(viewer), "llm-call", manner.idempotencyKey, input);
    const earlier = claim && (await this.needs.idempotencyKeys.recall(claim));
    if (earlier) return this.needs.db.llmCall.findUniqueOrThrow({ where: { id: earlier } });
    const call = await this.startNew(viewer, input, manner, request, claim);
    // Null: another request with the same key was faster.
    return call ?? this.start(viewer, input, manner);
  }

  private async startNew(
    viewer: TeamViewer,
    input: LlmCallInput,
    manner: Manner,
    request: Omit<ChatRequest, "model">,
    claim: Claim | null,
  ): Promise<LlmCall | null> {
    const { running, slots, intake, modelGroups } = this.needs;
    const { teamId } = viewer;
    intake.requireOpen();
    const giveBackSlot = slots.take(teamId);
    let hasStarted = false;
    try {
      const plan = await modelGroups.plan(teamId, input.modelGroup);
      const call = await this.admit(viewer, input, plan, claim);
      if (!call) return null;
      const restartsMidStream = input.onMidStreamFailure === "RESTART";
      const onDisconnect = input.onDisconnect ?? manner.onDisconnect;
      const owner = { teamId, endsJob: input.jobId == null, onDisconnect, giveBackSlot };
      running.start({ call, plan, request, restartsMidStream }, owner);
      hasStarted = true;
      return call;
    } finally {
      if (!hasStarted) giveBackSlot();
    }
  }

  /** Writes the call, and its job where it has none, and its key; null where the key was taken meanwhile. */
  private async admit(
    viewer: TeamViewer,
    input: LlmCallInput,
    plan: Plan,
    claim: Claim | null,
  ): Promise<LlmCall | null> {
    const { db, jobs, limits, idempotencyKeys } = this.needs;
    const { jobId, teamId } = input;
    if (jobId != null && input.jobType != null)
      throw invalid("input.jobType", "must not be given beside jobId", input.jobType);
    if (jobId != null && teamId != null) throw invalid("input.teamId", "must not be given beside jobId", teamId);
    if (jobId != null && !isUuid(jobId)) throw notFound("job", jobId);
    if (teamId != null && teamId !== viewer.teamId) throw notFound("team", teamId);
    const id = newId();
    if (jobId != null && !claim) return admitCall(db, this.admission(viewer, input, plan, { id, jobId }), limits);
    return inTransaction(db, async (tx) => {
      if (claim && !(await idempotencyKeys.take(tx, claim, id))) return null;
      const job = { id: newId(), jobType: input.jobType ?? "llm-call", metadata: {}, ofOneCall: true };
      const ids = { id, jobId: jobId ?? (await jobs.open(tx, viewer, job)).id };
      return admitCall(tx, this.admission(viewer, input, plan, ids), limits);
    });
  }

  private admission(
    viewer: TeamViewer,
    input: LlmCallInput,
    plan: Plan,
    ids: Pick<Admission, "id" | "jobId">,
  ): Admission {
    const now = this.needs.clock.now();
    return {
      ...ids,
      teamId: viewer.teamId,
      modelGroup: input.modelGroup,
      model: plan[0].name,
      provider: this.needs.providerName,
      purpose: input.purpose ?? null,
      metadata: input.metadata ?? {},
      now,
      leaseUntil: this.needs.leases.leaseFrom(now),
    };
  }
}

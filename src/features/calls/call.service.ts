import { authorize, mayReach } from "../../auth/policy.js";
import type { TeamViewer, Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/database.js";
import { fetchPages, type List, type Page, type PageRequest } from "../../db/page.js";
import { queryRows } from "../../db/rows.js";
import { inTransaction } from "../../db/transaction.js";
import { type Claim, claimOf, type IdempotencyKeys } from "../../edge/idempotency.js";
import { invalid, validate } from "../../edge/validate.js";
import { Prisma, type LlmCall as Row } from "../../generated/prisma/client.js";
import { unlessAborted } from "../../lib/abortable.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError, notFound } from "../../lib/errors.js";
import { isUuid, newId } from "../../lib/ids.js";
import { RowWatch, type Version } from "../../streams/row-watch.js";
import type { JobLimits, JobService } from "../jobs/job.service.js";
import type { ModelGroupService } from "../models/model-group.service.js";
import type { Plan } from "../models/plan.js";
import { type Admission, admitCall } from "./admit-call.js";
import type { LlmCallInput } from "./call.input.js";
import { toChatRequest } from "./chat-request.js";
import { CutByClient } from "./cut-by-client.js";
import type { OnDisconnect, RunningCalls } from "./running-calls.js";

export type { Row as LlmCallRow };

const CALLS: List<Row> = {
  table: "llm_calls",
  parent: { column: "job_id", type: "uuid" },
  order: [
    { column: "created_at", field: "createdAt", type: "timestamptz" },
    { column: "id", field: "id", type: "uuid" },
  ],
  direction: "ASC",
};

const OUTCOMES_MAX = 1_000;
const OUTCOME = {
  id: true,
  status: true,
  purpose: true,
  modelGroup: true,
  promptTokens: true,
  completionTokens: true,
  latencyMs: true,
  errorMessage: true,
} as const;
export type CallOutcome = Pick<Row, keyof typeof OUTCOME>;

/** How soon this process learns that a call of another process was settled. */
const LOOK_EVERY_MS = 250;

interface Needs {
  readonly db: Db;
  readonly clock: Clock;
  readonly jobs: JobService;
  readonly modelGroups: ModelGroupService;
  readonly running: RunningCalls;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly limits: JobLimits;
  readonly providerName: string;
}

/** How a call is asked of the upstream, and what becomes of it without a client where the caller does not say. */
interface Manner {
  readonly isStreamed: boolean;
  readonly onDisconnect: OnDisconnect;
  readonly idempotencyKey: string | null | undefined;
}

export class CallService {
  private readonly watch: RowWatch;

  constructor(private readonly needs: Needs) {
    this.watch = new RowWatch((ids) => statusesOf(needs.db, ids), LOOK_EVERY_MS);
  }

  /**
   * Makes a call and returns it settled. What refuses it before admission is thrown; once it is admitted, every outcome
   * is a row with a status. It goes on when the client goes away (`signal`), unless the input says otherwise. Without a
   * jobId it opens a job for itself. The same idempotency key gets the same call, once it is settled.
   */
  async run(viewer: Viewer, input: LlmCallInput, signal: AbortSignal): Promise<Row> {
    const manner: Manner = { isStreamed: false, onDisconnect: "FINISH", idempotencyKey: input.idempotencyKey };
    const call = await this.begin(viewer, input, manner);
    return (await this.settled(call.id, signal)) ?? call;
  }

  /** Makes a call and returns it at once, as a rule still RUNNING; otherwise like `run`. */
  async start(viewer: Viewer, input: LlmCallInput): Promise<Row> {
    return this.begin(viewer, input, {
      isStreamed: true,
      onDisconnect: "FINISH",
      idempotencyKey: input.idempotencyKey,
    });
  }

  /**
   * `start` for who is about to follow the call: it is cancelled when nobody follows it, unless the input says otherwise.
   * `operationId`, the client's own id of its subscription, counts as the idempotency key where none is given, so that a
   * subscription that is sent again after a lost connection does not buy the call twice.
   */
  async startStreamed(viewer: Viewer, input: LlmCallInput, operationId: string | null): Promise<Row> {
    return this.begin(viewer, input, {
      isStreamed: true,
      onDisconnect: "CANCEL",
      idempotencyKey: input.idempotencyKey ?? operationId,
    });
  }

  /** Cancels a running call, closing its upstream request, and returns it settled. A settled call is returned as it is. */
  async cancel(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "call.cancel");
    const call = await this.get(viewer, id);
    if (call.status !== "RUNNING") return call;
    const reason =
      viewer.kind === "team" ? new CutByClient() : new DomainError("CANCELLED", "The call was cancelled by the admin.");
    await this.needs.running.cancel({ callId: call.id }, reason);
    return this.get(viewer, call.id);
  }

  async get(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "call.read");
    const row = isUuid(id) ? await this.needs.db.llmCall.findUnique({ where: { id }, include: { job: true } }) : null;
    if (!row || !mayReach(viewer, row.job.teamId)) throw notFound("call", id);
    return row;
  }

  /** What became of a job's calls, oldest first, without their contents; of more than 1,000 the first. */
  async outcomes(viewer: Viewer, jobId: string): Promise<CallOutcome[]> {
    const job = await this.needs.jobs.get(viewer, jobId);
    return this.needs.db.llmCall.findMany({
      where: { jobId: job.id },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: OUTCOMES_MAX,
      select: OUTCOME,
    });
  }

  /** The row of a call once it is settled, by whichever process; undefined where `signal` aborts first. */
  async settled(id: string, signal: AbortSignal): Promise<Row | undefined> {
    const leave = this.needs.running.join(id);
    try {
      const here = this.needs.running.settled(id);
      if (here) {
        await unlessAborted(signal, here);
        return signal.aborted ? undefined : await here;
      }
      for await (const status of this.watch.versions(id, signal)) if (status !== "RUNNING") break;
      return signal.aborted ? undefined : await this.needs.db.llmCall.findUniqueOrThrow({ where: { id } });
    } finally {
      leave();
    }
  }

  /** For loaders: a page of the calls of jobs in the viewer's reach, oldest first. */
  listByJobs(jobIds: readonly string[], request: PageRequest): Promise<Page<Row>[]> {
    return fetchPages(this.needs.db, CALLS, jobIds, request);
  }

  /** Admits a call and starts it, or finds the one that its idempotency key began before. */
  private async begin(viewer: Viewer, input: LlmCallInput, manner: Manner): Promise<Row> {
    authorize(viewer, "call.run");
    const request = toChatRequest(validate(input), manner.isStreamed);
    const { db, running, idempotencyKeys, modelGroups } = this.needs;
    const claim = claimOf(viewer, "llm-call", manner.idempotencyKey, input);
    const earlier = claim && (await idempotencyKeys.recall(claim));
    if (earlier) return db.llmCall.findUniqueOrThrow({ where: { id: earlier } });
    running.requireAdmitting();
    const plan = await modelGroups.plan(viewer.teamId, input.modelGroup);
    const call = await this.admit(viewer, input, plan, claim);
    // Another request with the same key was faster.
    if (!call) return this.begin(viewer, input, manner);
    const onDisconnect = input.onDisconnect ?? manner.onDisconnect;
    running.start({ call, plan, request }, { teamId: viewer.teamId, endsJob: input.jobId == null, onDisconnect });
    return call;
  }

  /** Writes the call, and its job where it has none, and its key; null where the key was taken meanwhile. */
  private async admit(viewer: TeamViewer, input: LlmCallInput, plan: Plan, claim: Claim | null): Promise<Row | null> {
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
      const job = { jobType: input.jobType ?? "llm-call", metadata: {}, ofOneCall: true };
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
      leaseUntil: this.needs.running.leaseFrom(now),
    };
  }
}

function statusesOf(db: Db, ids: readonly string[]): Promise<Version[]> {
  return queryRows(
    db,
    Prisma.sql`SELECT id::text AS id, status::text AS version FROM llm_calls WHERE id = ANY(${ids}::uuid[])`,
  );
}

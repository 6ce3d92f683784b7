import { authorize, mayReach } from "../../auth/policy.js";
import type { TeamViewer, Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/database.js";
import { fetchPages, type List, type Page, type PageRequest } from "../../db/page.js";
import { inTransaction } from "../../db/transaction.js";
import { invalid, validate } from "../../edge/validate.js";
import type { LlmCall as Row } from "../../generated/prisma/client.js";
import type { Clock } from "../../lib/clock.js";
import { notFound } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import type { JobLimits, JobService } from "../jobs/job.service.js";
import type { ModelGroupService } from "../models/model-group.service.js";
import type { Plan } from "../models/plan.js";
import { type Admission, admitCall } from "./admit-call.js";
import type { LlmCallInput } from "./call.input.js";
import { toChatRequest } from "./chat-request.js";
import type { RunningCalls } from "./running-calls.js";

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

interface Needs {
  readonly db: Db;
  readonly clock: Clock;
  readonly jobs: JobService;
  readonly modelGroups: ModelGroupService;
  readonly running: RunningCalls;
  readonly limits: JobLimits;
  readonly providerName: string;
}

export class CallService {
  constructor(private readonly needs: Needs) {}

  /**
   * Makes a call and returns it settled. What refuses it before admission is thrown; once it is admitted, every outcome
   * is a row with a status. It goes on when the client goes away. Without a jobId it opens a job for itself.
   */
  async run(viewer: Viewer, input: LlmCallInput): Promise<Row> {
    authorize(viewer, "call.run");
    const request = toChatRequest(validate(input));
    this.needs.running.requireAdmitting();
    const plan = await this.needs.modelGroups.plan(viewer.teamId, input.modelGroup);
    const call = await this.admit(viewer, input, plan);
    return this.needs.running.run({ call, plan, request }, { teamId: viewer.teamId, endsJob: input.jobId == null });
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

  /** For loaders: a page of the calls of jobs in the viewer's reach, oldest first. */
  listByJobs(jobIds: readonly string[], request: PageRequest): Promise<Page<Row>[]> {
    return fetchPages(this.needs.db, CALLS, jobIds, request);
  }

  private async admit(viewer: TeamViewer, input: LlmCallInput, plan: Plan): Promise<Row> {
    const { db, jobs, limits } = this.needs;
    if (input.jobId != null) {
      if (input.teamId != null) throw invalid("input.teamId", "must not be given beside jobId", input.teamId);
      if (input.jobType != null) throw invalid("input.jobType", "must not be given beside jobId", input.jobType);
      if (!isUuid(input.jobId)) throw notFound("job", input.jobId);
      return admitCall(db, this.admission(viewer, input, plan, input.jobId), limits);
    }
    if (input.teamId != null && input.teamId !== viewer.teamId) throw notFound("team", input.teamId);
    return inTransaction(db, async (tx) => {
      const job = await jobs.open(tx, viewer, { jobType: input.jobType ?? "llm-call", metadata: {}, ofOneCall: true });
      return admitCall(tx, this.admission(viewer, input, plan, job.id), limits);
    });
  }

  private admission(viewer: TeamViewer, input: LlmCallInput, plan: Plan, jobId: string): Admission {
    const now = this.needs.clock.now();
    return {
      jobId,
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

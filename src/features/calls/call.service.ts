import { authorize, mayReach } from "../../auth/policy.js";
import { actorOf, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/database.js";
import { fetchPages, type List, type Page, type PageRequest } from "../../db/page.js";
import { queryRows } from "../../db/rows.js";
import { type LlmCallAttempt, Prisma, type LlmCall as Row } from "../../generated/prisma/client.js";
import { unlessAborted } from "../../lib/abortable.js";
import { notFound } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import { RowWatch, type Version } from "../../streams/row-watch.js";
import type { CircuitBreakers, CircuitStatus } from "../../upstream/resilience/circuit-breakers.js";
import type { JobService } from "../jobs/job.service.js";
import type { LlmCallInput } from "./call.input.js";
import type { CallStarter } from "./commit/call-admission.js";
import { type CallLeases, cancelledBy } from "./run/call-leases.js";
import type { RunningCalls } from "./run/running-calls.js";

export type { LlmCallAttempt as LlmCallAttemptRow, Row as LlmCallRow };

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
/** How long another process may take to cancel a call; after that the call is returned as it stands. */
const CANCEL_TIMEOUT_MS = 10_000;

interface Needs {
  readonly db: Db;
  readonly jobs: JobService;
  readonly starter: CallStarter;
  readonly running: RunningCalls;
  readonly leases: CallLeases;
  readonly breakers: CircuitBreakers;
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
    const call = await this.startPlain(viewer, input);
    return (await this.settled(call.id, signal)) ?? call;
  }

  /** The beginning of `run`, for who follows the call itself. The upstream is asked for one plain answer. */
  async startPlain(viewer: Viewer, input: LlmCallInput): Promise<Row> {
    return this.needs.starter.start(viewer, input, {
      isStreamed: false,
      onDisconnect: "FINISH",
      idempotencyKey: input.idempotencyKey,
    });
  }

  /** Makes a call and returns it at once, as a rule still RUNNING; otherwise like `run`. */
  async start(viewer: Viewer, input: LlmCallInput): Promise<Row> {
    return this.needs.starter.start(viewer, input, {
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
    return this.needs.starter.start(viewer, input, {
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
    const { running, leases } = this.needs;
    const actor = actorOf(viewer);
    if (running.settled(id)) await running.cancel({ callId: id }, cancelledBy(actor));
    else await leases.requestCancel(id, actor);
    return (await this.settled(id, AbortSignal.timeout(CANCEL_TIMEOUT_MS))) ?? call;
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

  /** For loaders: all attempts of calls in the viewer's reach, in order. */
  attemptsOf(callIds: readonly string[]): Promise<LlmCallAttempt[]> {
    const where = { callId: { in: [...callIds] } };
    return this.needs.db.llmCallAttempt.findMany({ where, orderBy: [{ callId: "asc" }, { number: "asc" }] });
  }

  /** The circuit breakers of models that failed last. */
  circuits(viewer: Viewer): readonly CircuitStatus[] {
    authorize(viewer, "circuit.read");
    return this.needs.breakers.list();
  }
}

function statusesOf(db: Db, ids: readonly string[]): Promise<Version[]> {
  return queryRows(
    db,
    Prisma.sql`SELECT id::text AS id, status::text AS version FROM llm_calls WHERE id = ANY(${ids}::uuid[])`,
  );
}

import type { LimitSink } from "../../auth/call-limits.js";
import { authorize } from "../../auth/policy.js";
import { authorityOf, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import type { ValuesOf } from "../../db/column-type.js";
import { fetchPages, type Page } from "../../db/page.js";
import type { Sql } from "../../db/statement.js";
import type { PageWindow } from "../../input/page-window.js";
import type { Leavable } from "../../lib/async/abortable.js";
import type { JobService } from "../jobs/job.service.js";
import { attemptsOfCalls, calls, outcomesOfJob } from "./call.sql.js";
import { type AnyCallInput, checkCall, type Manner } from "./check-call.js";
import type { CallAdmission } from "./commit/call-admission.js";
import { findCalls } from "./commit/call-row.sql.js";
import type { CallFollower } from "./follow/call-follower.js";
import type { CallReader } from "./follow/call-reader.js";
import type { PlainCallEvent } from "./log/call-event.js";
import type { LlmCallAttempt, LlmCall as Row } from "./log/call-row.js";
import type { LlmCallInput } from "./question/call.input.js";
import type { CallLeases } from "./run/call-leases.js";
import { cancelledBy } from "./run/end-reasons.js";
import type { RunningCalls } from "./run/running-calls.js";

/** An attempt, and the markup of its call. */
export type LlmCallAttemptRow = LlmCallAttempt & { readonly markupMillionths: number };
export type { Row as LlmCallRow };

const OUTCOMES_MAX = 1_000;
export type CallOutcome = ValuesOf<typeof outcomesOfJob.row>;

/** How long another process may take to cancel a call; after that the call is returned as it stands. */
const CANCEL_TIMEOUT_MS = 10_000;

/** What the door of a call adds to its input. */
interface Asking {
  /** The client's own id of its subscription. */
  readonly operationId?: string | null;
  /** Who is told where the limits stand. */
  readonly limitSink?: LimitSink;
}

export interface CallServiceDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly jobs: JobService;
  readonly admission: CallAdmission;
  readonly running: RunningCalls;
  readonly leases: CallLeases;
  readonly reader: CallReader;
  readonly follower: CallFollower;
}

export class CallService {
  constructor(private readonly deps: CallServiceDeps) {}

  /**
   * Makes a call and returns it settled. A refusal before admission is thrown; once the call is admitted, every outcome is
   * a row with a status. It goes on when the client goes away (`signal`), unless the input says otherwise. Without a
   * jobId it opens a job for itself. The same idempotency key gets the same call, once it is settled.
   */
  async run(viewer: Viewer, input: LlmCallInput, signal: AbortSignal, limitSink?: LimitSink): Promise<Row> {
    const call = await this.begin(viewer, input, "plain", { ...(limitSink && { limitSink }) });
    return (await this.deps.reader.settled(call.id, signal)) ?? call;
  }

  /** Makes a call and returns it at once, as a rule still RUNNING; otherwise like `run`. */
  async start(viewer: Viewer, input: LlmCallInput, limitSink?: LimitSink): Promise<Row> {
    const { idempotencyKey } = input;
    return this.admit(viewer, input, { delivery: "streamed", onDisconnect: "FINISH", idempotencyKey, limitSink });
  }

  /**
   * Makes a call for those who are about to follow it, and returns it at once. A "plain" call asks the upstream for one
   * answer, and goes on if nobody follows it. A "streamed" call asks for a stream, and is cancelled if nobody follows it.
   * The input may say otherwise. `operationId` is the client's own id of its subscription. It counts as the idempotency
   * key if none is given, so that a subscription which is sent again after a lost connection buys no second call.
   */
  async begin(
    viewer: Viewer,
    input: AnyCallInput,
    delivery: Manner["delivery"],
    { operationId = null, limitSink }: Asking = {},
  ): Promise<Row> {
    const onDisconnect = delivery === "plain" ? "FINISH" : "CANCEL";
    const idempotencyKey = input.idempotencyKey ?? operationId;
    return this.admit(viewer, input, { delivery, onDisconnect, idempotencyKey, limitSink });
  }

  /**
   * Makes a call and follows it. Refusals before admission are thrown. If the same idempotency key began a call before,
   * that call is followed from its start instead, whether it runs or is over.
   */
  async stream(viewer: Viewer, input: LlmCallInput, asking: Asking): Promise<Leavable<PlainCallEvent>> {
    const call = await this.begin(viewer, input, "streamed", asking);
    return this.deps.follower.follow(viewer, call.id, 0);
  }

  /** Cancels a running call, closing its upstream request, and returns it settled. A settled call is returned as it is. */
  async cancel(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "call.cancel");
    const { running, leases, reader } = this.deps;
    const call = await reader.get(viewer, id);
    if (call.status !== "RUNNING") return call;
    const runsHere = running.settled(id);
    // A team needs nobody else to cancel what runs here.
    if (!runsHere || viewer.kind !== "team") await leases.requestCancel(viewer, call.id);
    if (runsHere) await running.cancel(id, cancelledBy(authorityOf(viewer)));
    return (await reader.settled(id, AbortSignal.timeout(CANCEL_TIMEOUT_MS))) ?? call;
  }

  /** Throws NOT_FOUND if there is no such call in the viewer's reach. */
  async get(viewer: Viewer, id: string): Promise<Row> {
    return this.deps.reader.get(viewer, id);
  }

  /** For loaders: calls in the viewer's reach. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.deps.sql.run(findCalls, { ids });
  }

  /** What became of a job's calls, oldest first, without their contents; the first 1,000 if there are more. */
  async outcomes(viewer: Viewer, jobId: string): Promise<CallOutcome[]> {
    const job = await this.deps.jobs.get(viewer, jobId);
    return this.deps.sql.run(outcomesOfJob, { jobId: job.id, outcomesMax: OUTCOMES_MAX });
  }

  /** For loaders: a page of the calls of jobs in the viewer's reach, oldest first. */
  listByJobs(jobIds: readonly string[], window: PageWindow): Promise<Page<Row>[]> {
    return fetchPages(this.deps.sql, calls, jobIds, window);
  }

  /** For loaders: all attempts of calls in the viewer's reach, in order. */
  attemptsOf(callIds: readonly string[]): Promise<LlmCallAttemptRow[]> {
    return this.deps.sql.run(attemptsOfCalls, { callIds });
  }

  private async admit(viewer: Viewer, input: AnyCallInput, manner: Manner): Promise<Row> {
    const { admission, running } = this.deps;
    return running.begin(() => admission.admit(checkCall(viewer, input, manner)));
  }
}

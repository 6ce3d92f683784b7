import type { Db, Tx } from "../../db/database.js";
import { queryRows } from "../../db/rows.js";
import { inTransaction } from "../../db/transaction.js";
import { type Job, type LlmCall, Prisma } from "../../generated/prisma/client.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import type { Ledger } from "../credits/ledger.js";
import type { IdempotencyKeys } from "../idempotency/idempotency-keys.js";
import { endJob } from "../jobs/end-job.js";
import { isTerminal } from "../jobs/job-state.js";
import { type Attempt, UNKNOWN_USAGE } from "./commit/attempt.js";
import type { CallSettler, Outcome } from "./commit/call-settlement.js";
import type { RunningCalls } from "./run/running-calls.js";

/** Things put in order at a time, so that one round stays short. */
const BATCH_MAX = 100;

/** Puts in order what nobody waits for. Any number of processes may sweep at once. */
export class Sweep {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly settler: CallSettler,
    private readonly running: RunningCalls,
    private readonly idempotencyKeys: IdempotencyKeys,
    private readonly contentRetentionMs: number,
  ) {}

  /**
   * One round: settles calls whose process died, ends jobs whose closing or time is due, forgets old content and keys. What
   * fails holds up nothing else; the round then throws.
   */
  async run(): Promise<void> {
    await eachOf(
      [
        () => this.settleOrphans(),
        () => this.expireJobs(),
        () => this.finishClosings(),
        () => this.forgetContent(),
        () => this.idempotencyKeys.forgetOld(BATCH_MAX),
      ],
      (step) => step(),
    );
  }

  /** A call whose lease ran out belonged to a process that died: it is FAILED, and nobody knows what was billed. */
  private async settleOrphans(): Promise<void> {
    const orphans = await queryRows<LlmCall & { ofOneCall: boolean }>(
      this.db,
      Prisma.sql`SELECT llm_calls.*, of_one_call FROM llm_calls JOIN jobs ON jobs.id = job_id
        WHERE llm_calls.status = 'RUNNING' AND lease_until < ${this.clock.now()} ORDER BY lease_until LIMIT ${BATCH_MAX}`,
    );
    const now = this.clock.now();
    await eachOf(orphans, (call) => this.settler.settle(call, orphaned(call, now), { endsJob: call.ofOneCall }));
  }

  /** Jobs whose time ran out are closed like abandoned ones: running calls are cancelled, then the hold expires. */
  private async expireJobs(): Promise<void> {
    const expired = await queryRows<{ id: string }>(
      this.db,
      Prisma.sql`UPDATE jobs SET closing_as = 'EXPIRED' WHERE id IN (
        SELECT id FROM jobs WHERE status IN ('PENDING', 'IN_PROGRESS') AND expires_at <= ${this.clock.now()} AND closing_as IS NULL
        ORDER BY expires_at LIMIT ${BATCH_MAX} FOR UPDATE SKIP LOCKED) RETURNING id`,
    );
    const reason = new DomainError("CANCELLED", "The call was cancelled: its job ran out of time.");
    await Promise.all(expired.map(({ id }) => this.running.cancel({ jobId: id }, reason)));
  }

  /** Ends jobs that are being closed and have no running call left; also those whose closing a crash cut short. */
  private async finishClosings(): Promise<void> {
    for (let count = 0; count < BATCH_MAX; count++) {
      const found = await inTransaction(this.db, (tx) => this.finishOne(tx));
      if (!found) return;
    }
  }

  private async finishOne(tx: Tx): Promise<boolean> {
    const [job] = await queryRows<Job>(
      tx,
      Prisma.sql`SELECT * FROM jobs WHERE closing_as IS NOT NULL AND running_calls = 0 LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    if (!job?.closingAs || !isTerminal(job.closingAs)) return false;
    await endJob(tx, this.ledger, job, { status: job.closingAs, now: this.clock.now(), actor: "gateway" });
    return true;
  }

  private async forgetContent(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.contentRetentionMs);
    await this.db.$executeRaw`UPDATE llm_calls SET content = NULL, tool_calls = '[]' WHERE id IN (
      SELECT id FROM llm_calls WHERE finished_at < ${before} AND (content IS NOT NULL OR tool_calls <> '[]') LIMIT ${BATCH_MAX})`;
  }
}

function orphaned(call: LlmCall, now: Date): Outcome {
  const { code, message } = new DomainError("GATEWAY_RESTARTED");
  const model = call.model ?? "";
  const attempt: Attempt = {
    model,
    status: "FAILED",
    errorKind: "gateway-restarted",
    startedAt: call.createdAt,
    firstTokenAt: null,
    endedAt: now,
    usage: UNKNOWN_USAGE,
    cost: null,
  };
  return {
    status: "FAILED",
    model,
    content: null,
    toolCalls: [],
    finishReason: null,
    timeToFirstTokenMs: null,
    error: { code, message },
    isCutByClient: false,
    attempts: [attempt],
  };
}

/** Does something with each in turn, also after one that failed, and throws the failures in the end. */
async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) await work(item).catch((failure: unknown) => failures.push(failure));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${items.length} failed.`);
}

import type { Db } from "../../../db/client.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction, type Transaction } from "../../../db/transaction.js";
import { notFound } from "../../../lib/errors.js";
import type { JsonObject } from "../../../lib/json.js";
import type { Ledger } from "../../credits/ledger.js";
import { endJob } from "../../jobs/end-job.js";
import { lockedJob } from "../../jobs/locked-job.js";
import type { JobLimits } from "../../jobs/open-job.js";
import type { ToolCallOfAnswer } from "../log/answer.js";
import type { LlmCall } from "../log/call-row.js";
import { type Attempt, totalCost, totalUsage } from "./attempt.js";
import { findCall } from "./call-row.sql.js";
import type { Outcome } from "./outcome.js";
import { settleCall } from "./settle-call.sql.js";
import { storable, storableObject } from "./storable.js";

export interface CallSettlementDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly ledger: Ledger;
  readonly limits: JobLimits;
}

type CallToSettle = Pick<LlmCall, "id" | "jobId">;

/** Writes how calls ended. */
export class CallSettlement {
  constructor(private readonly deps: CallSettlementDeps) {}

  /**
   * Writes how a call ended and adds it to its job's totals, both or neither; ends the job too if it was opened for this
   * call. The first settlement of a call wins: a later one writes nothing and returns the row as it stands.
   */
  async settle(call: CallToSettle, outcome: Outcome, { endsJob }: { endsJob: boolean }): Promise<LlmCall> {
    const { db, sql } = this.deps;
    const settled = endsJob
      ? await inTransaction(db, (transaction) => this.settleAndEndJob(transaction, call, outcome))
      : await this.write(sql, call.id, outcome);
    const [row] = settled ? [settled] : await sql.run(findCall, { id: call.id });
    if (!row) throw notFound("call", call.id);
    return row;
  }

  private async settleAndEndJob(
    transaction: Transaction,
    call: CallToSettle,
    outcome: Outcome,
  ): Promise<LlmCall | undefined> {
    const settled = await this.write(transaction.sql, call.id, outcome);
    if (!settled) return undefined;
    const job = await lockedJob(transaction, call.jobId);
    const hasServed = outcome.status === "SUCCEEDED" || outcome.isCutByClient;
    const status = job.closingAs ?? (hasServed ? "COMPLETED" : "FAILED");
    if (status === "PENDING" || status === "IN_PROGRESS")
      throw new Error(`Job ${job.id} cannot be closing as ${status}.`);
    await endJob(transaction, this.deps.ledger, job, { status, actor: "gateway" });
    return settled;
  }

  private async write(sql: Sql, id: string, outcome: Outcome): Promise<LlmCall | undefined> {
    const { ttlMs, maxAgeMs } = this.deps.limits;
    const usage = totalUsage(outcome.attempts);
    const cost = totalCost(outcome.attempts);
    const [settled] = await sql.run(settleCall, {
      id,
      status: outcome.status,
      model: outcome.model,
      content: storable(outcome.content),
      reasoning: storable(outcome.reasoning),
      toolCalls: outcome.toolCalls.map(storableToolCall),
      extensions: storableObject(outcome.extensions),
      finishReason: storable(outcome.finishReason),
      promptTokens: usage?.promptTokens ?? null,
      completionTokens: usage?.completionTokens ?? null,
      cachedPromptTokens: usage?.cachedPromptTokens ?? null,
      reasoningTokens: usage?.reasoningTokens ?? null,
      usageSource: usage?.source ?? null,
      costNanoUsd: cost?.costNanoUsd ?? null,
      costSource: cost?.source ?? null,
      timeToFirstTokenMs: outcome.timeToFirstTokenMs,
      errorCode: outcome.error?.code ?? null,
      errorMessage: storable(outcome.error?.message ?? null),
      errorData: storableObject(outcome.error?.data ?? {}),
      attempts: outcome.attempts.map(recordOf),
      ttlMs,
      maxAgeMs,
    });
    return settled;
  }
}

/** An attempt as the statement reads it. JSON has no bigint, so the cost goes as text. */
function recordOf({ usage, cost, ...attempt }: Attempt, index: number) {
  const { source: usageSource = null, ...tokens } = usage ?? {};
  return {
    model: attempt.model,
    status: attempt.status,
    errorKind: attempt.errorKind,
    startedAt: attempt.startedAt.toISOString(),
    firstTokenAt: attempt.firstTokenAt?.toISOString() ?? null,
    endedAt: attempt.endedAt.toISOString(),
    ...tokens,
    number: index + 1,
    usageSource,
    costNanoUsd: cost?.costNanoUsd?.toString() ?? null,
    costSource: cost?.source ?? null,
  };
}

const storableToolCall = ({ id, name, arguments: text, isFunctionCall, extra }: ToolCallOfAnswer) => ({
  id: storable(id),
  name: storable(name),
  arguments: storable(text),
  ...(isFunctionCall && { isFunctionCall }),
  ...(extra && { extra: storableObject(extra as JsonObject) }),
});

import type { Db, Tx } from "../../../db/database.js";
import { queryRows } from "../../../db/rows.js";
import { inTransaction } from "../../../db/transaction.js";
import { type LlmCall, Prisma } from "../../../generated/prisma/client.js";
import type { Clock } from "../../../lib/clock.js";
import type { Ledger } from "../../credits/ledger.js";
import { endJob } from "../../jobs/end-job.js";
import { type JobLimits, lockJob } from "../../jobs/job.service.js";
import type { ToolCallOfAnswer } from "../log/answer.js";
import { type Attempt, costOf, usageOf } from "./attempt.js";

/** How a call ended. */
export interface Outcome {
  readonly status: "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly model: string;
  readonly content: string | null;
  readonly toolCalls: readonly ToolCallOfAnswer[];
  readonly finishReason: string | null;
  readonly timeToFirstTokenMs: number | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Cancelled by its own client, which had part of an answer by then. */
  readonly isCutByClient: boolean;
  /** In the order of trial. */
  readonly attempts: readonly Attempt[];
}

export class CallSettler {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly limits: JobLimits,
  ) {}

  /**
   * Writes how a call ended and adds it to its job's totals, both or neither; ends the job too where it was opened for
   * this call. The first settlement of a call wins: a later one writes nothing and returns the row as it stands.
   */
  async settle(call: Pick<LlmCall, "id" | "jobId">, outcome: Outcome, options: { endsJob: boolean }): Promise<LlmCall> {
    const settled = options.endsJob
      ? await inTransaction(this.db, (tx) => this.settleAndEndJob(tx, call, outcome))
      : await this.write(this.db, call.id, outcome);
    return settled ?? this.db.llmCall.findUniqueOrThrow({ where: { id: call.id } });
  }

  private async settleAndEndJob(
    tx: Tx,
    call: Pick<LlmCall, "id" | "jobId">,
    outcome: Outcome,
  ): Promise<LlmCall | undefined> {
    const settled = await this.write(tx, call.id, outcome);
    if (!settled) return undefined;
    const job = await lockJob(tx, call.jobId);
    const hasServed = outcome.status === "SUCCEEDED" || outcome.isCutByClient;
    const status = job.closingAs ?? (hasServed ? "COMPLETED" : "FAILED");
    if (status === "PENDING" || status === "IN_PROGRESS")
      throw new Error(`Job ${job.id} cannot be closing as ${status}.`);
    await endJob(tx, this.ledger, job, { status, now: this.clock.now(), actor: "gateway" });
    return settled;
  }

  private async write(db: Db | Tx, callId: string, outcome: Outcome): Promise<LlmCall | undefined> {
    const now = this.clock.now();
    const { attempts, error } = outcome;
    const usage = usageOf(attempts);
    const cost = costOf(attempts);
    const content = outcome.content === null ? null : storable(outcome.content);
    const finishReason = outcome.finishReason === null ? null : storable(outcome.finishReason);
    const toolCalls = outcome.toolCalls.map(storableToolCall);
    const [settled] = await queryRows<LlmCall>(
      db,
      Prisma.sql`WITH settled AS (
        UPDATE llm_calls SET status = ${outcome.status}::llm_call_status, model = ${outcome.model}, content = ${content},
          tool_calls = ${JSON.stringify(toolCalls)}::jsonb, finish_reason = ${finishReason},
          prompt_tokens = ${usage?.promptTokens ?? null}, completion_tokens = ${usage?.completionTokens ?? null},
          cached_prompt_tokens = ${usage?.cachedPromptTokens ?? null}, reasoning_tokens = ${usage?.reasoningTokens ?? null},
          usage_source = ${usage?.source ?? null}::usage_source, cost_nano_usd = ${cost?.costNanoUsd ?? null},
          cost_source = ${cost?.source ?? null}::cost_source, time_to_first_token_ms = ${outcome.timeToFirstTokenMs},
          error_code = ${error?.code ?? null}, error_message = ${error?.message ?? null}, finished_at = ${now}, lease_until = NULL,
          latency_ms = GREATEST(0, round(extract(epoch FROM ${now} - created_at) * 1000))::integer
        WHERE id = ${callId}::uuid AND status = 'RUNNING' RETURNING *
      ), attempts AS (
        INSERT INTO llm_call_attempts (call_id, provider, number, model, status, error_kind, started_at, first_token_at, ended_at,
          prompt_tokens, completion_tokens, cached_prompt_tokens, reasoning_tokens, usage_source, cost_nano_usd, cost_source)
        SELECT settled.id, COALESCE(settled.provider, 'unknown'), attempt.* FROM settled, jsonb_to_recordset(${JSON.stringify(attempts.map(recordOf))}::jsonb) AS attempt (
          number integer, model text, status llm_call_status, "errorKind" text, "startedAt" timestamptz, "firstTokenAt" timestamptz,
          "endedAt" timestamptz, "promptTokens" integer, "completionTokens" integer, "cachedPromptTokens" integer,
          "reasoningTokens" integer, "usageSource" usage_source, "costNanoUsd" bigint, "costSource" cost_source)
        RETURNING status, cost_nano_usd
      ), totals AS (
        UPDATE jobs SET running_calls = running_calls - 1,
          successful_calls = successful_calls + (settled.status = 'SUCCEEDED')::integer,
          failed_calls = failed_calls + (settled.status = 'FAILED')::integer,
          cancelled_calls = cancelled_calls + (settled.status = 'CANCELLED')::integer,
          prompt_tokens = jobs.prompt_tokens + COALESCE(settled.prompt_tokens, 0),
          completion_tokens = jobs.completion_tokens + COALESCE(settled.completion_tokens, 0),
          cost_nano_usd = jobs.cost_nano_usd + (SELECT COALESCE(sum(cost_nano_usd), 0) FROM attempts)::bigint,
          failed_attempts_cost_nano_usd = failed_attempts_cost_nano_usd
            + (SELECT COALESCE(sum(cost_nano_usd), 0) FROM attempts WHERE attempts.status <> 'SUCCEEDED')::bigint,
          latency_ms_total = latency_ms_total + settled.latency_ms,
          estimated_calls = estimated_calls + (settled.usage_source IS NOT DISTINCT FROM 'ESTIMATED')::integer,
          unknown_usage_calls = unknown_usage_calls + (settled.usage_source IS NOT DISTINCT FROM 'UNKNOWN')::integer,
          unpriced_calls = unpriced_calls + (settled.cost_source IS NOT DISTINCT FROM 'UNPRICED')::integer,
          expires_at = LEAST(${new Date(now.getTime() + this.limits.ttlMs)}, jobs.created_at + make_interval(secs => ${this.limits.maxAgeMs / 1000}))
        FROM settled WHERE jobs.id = settled.job_id
      ) SELECT * FROM settled`,
    );
    return settled;
  }
}

/** An attempt as the statement reads it: a bigint has no place in JSON but as text. */
function recordOf({ usage, cost, ...attempt }: Attempt, index: number): object {
  const { source: usageSource, ...tokens } = usage ?? {};
  return {
    ...attempt,
    ...tokens,
    number: index + 1,
    usageSource,
    costNanoUsd: cost?.costNanoUsd?.toString(),
    costSource: cost?.source,
  };
}

/** PostgreSQL stores neither NUL nor lone surrogates; what a model sends of them becomes U+FFFD. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

function storableToolCall(call: ToolCallOfAnswer): ToolCallOfAnswer {
  return { id: storable(call.id), name: storable(call.name), arguments: storable(call.arguments) };
}

import type { ValuesOf } from "../../../db/column-type.js";
import { Lane } from "../../../db/lane.js";
import type { Sql } from "../../../db/statement.js";
import { notFound } from "../../../lib/errors.js";
import { newId } from "../../../lib/ids.js";
import type { JsonObject } from "../../../lib/json/json.js";
import type { Events } from "../../../lib/observe/events.js";
import type { Peers } from "../../../streams/redis/peers.js";
import { LanesByBudget } from "../../budgets/lanes-by-budget.js";
import { tellOfCredits } from "../../credits/tell-of-credits.js";
import type { JobLimits } from "../../jobs/commit/open-job.js";
import { tellOfEnd } from "../../jobs/commit/tell-of-end.js";
import type { ToolCallOfAnswer } from "../log/answer.js";
import type { CallOfTeam, CallToSettle, EndedCall } from "../log/call-row.js";
import { storedComponents } from "../log/stored-components.js";
import { type Attempt, totalCost, totalUsage } from "./attempt.js";
import { findCalls } from "./call-row.sql.js";
import { callSettled, type Outcome, unkept } from "./outcome.js";
import { settleBudgetedCalls, settleCalls } from "./settle-calls.sql.js";
import { storable, storableObject } from "./storable.js";

export interface CallSettlementDeps {
  readonly sql: Sql;
  readonly events: Events;
  readonly peers: Peers;
  readonly limits: JobLimits;
}

/** Writes how calls ended. */
export class CallSettlement {
  private readonly lanes: LanesByBudget<SettlementMember, ValuesOf<typeof settleCalls.row>>;

  constructor(private readonly deps: CallSettlementDeps) {
    const { ttlMs, maxAgeMs } = deps.limits;
    const { sql, events } = deps;
    this.lanes = new LanesByBudget(
      new Lane("settle calls", events, (batch) => sql.run(settleCalls, { batch, ttlMs, maxAgeMs })),
      new Lane("settle budgeted calls", events, (batch) => sql.run(settleBudgetedCalls, { batch, ttlMs, maxAgeMs })),
    );
  }

  /**
   * Writes how a call ended and adds it to its job's totals, both or neither; ends the job too if it was opened for this
   * call. The first settlement of a call wins: a later one writes nothing and returns the row as it stands. An answer that
   * is not to be kept is returned and not written.
   */
  async settle({ keepsAnswer = true, ...call }: CallToSettle, outcome: Outcome): Promise<EndedCall> {
    const columns = endColumnsOf(outcome, call.provider);
    const written = keepsAnswer ? columns : endColumnsOf(unkept(outcome), call.provider);
    const settled = await this.lanes.add(memberOf(call, outcome, written));
    for (const topic of [`call:${call.id}`, `job:${call.jobId}`] as const) this.deps.peers.tellWatchers(topic);
    if (settled) {
      const { verdict: _, jobStatus, movedAs, movedCredits, ...others } = settled;
      const ended: EndedCall & CallOfTeam = { ...call, ...columns, leaseUntil: null, ...others };
      this.deps.events.tell("call", callSettled(ended, outcome));
      if (jobStatus) tellOfEnd(this.deps.events, jobStatus);
      tellOfCredits(this.deps.events, movedAs, movedCredits);
      return ended;
    }
    const [row] = await this.deps.sql.run(findCalls, { ids: [call.id] });
    if (!row) throw notFound("call", call.id);
    return row;
  }
}

/** The columns of a call that its outcome decides. */
function endColumnsOf(outcome: Outcome, providerBefore: string | null) {
  const usage = totalUsage(outcome.attempts);
  const cost = totalCost(outcome.attempts);
  return {
    status: outcome.status,
    model: outcome.model,
    provider: outcome.provider ?? providerBefore,
    content: storable(outcome.content),
    reasoning: storable(outcome.reasoning),
    toolCalls: outcome.toolCalls.map(storableToolCall),
    extensions: storableObject(outcome.extensions),
    finishReason: storable(outcome.finishReason),
    promptTokens: usage?.promptTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    cachedPromptTokens: usage?.cachedPromptTokens ?? null,
    cacheWritePromptTokens: usage?.cacheWritePromptTokens ?? null,
    oneHourCacheWritePromptTokens: usage?.oneHourCacheWritePromptTokens ?? null,
    audioPromptTokens: usage?.audioPromptTokens ?? null,
    reasoningTokens: usage?.reasoningTokens ?? null,
    audioCompletionTokens: usage?.audioCompletionTokens ?? null,
    usageSource: usage?.source ?? null,
    costNanoUsd: cost?.costNanoUsd ?? null,
    costSource: cost?.source ?? null,
    hasUnpricedPart: cost?.hasUnpricedPart ?? false,
    timeToFirstTokenMs: outcome.timeToFirstTokenMs,
    errorCode: outcome.error?.code ?? null,
    errorMessage: storable(outcome.error?.message ?? null),
    errorData: storableObject(outcome.error?.data ?? {}),
  };
}

type SettlementMember = ReturnType<typeof memberOf>;

/** A settlement as the statement reads it. JSON has no bigint, so the cost goes as text. */
const memberOf = ({ id, teamId }: CallOfTeam, outcome: Outcome, columns: ReturnType<typeof endColumnsOf>) => ({
  ...columns,
  id,
  teamId,
  costNanoUsd: columns.costNanoUsd?.toString() ?? null,
  attempts: outcome.attempts.map(recordOf),
  hasServed: outcome.status === "SUCCEEDED" || outcome.isCutByClient,
  /** Of the ledger's entry, if the job ends. */
  entryId: newId(),
});

/** An attempt as the statement reads it. */
function recordOf({ usage, cost, ...attempt }: Attempt, index: number) {
  const { source: usageSource = null, ...tokens } = usage ?? {};
  return {
    model: attempt.model,
    upstream: attempt.upstream,
    provider: attempt.provider,
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
    costComponents: storedComponents(cost?.components ?? []),
  };
}

const storableToolCall = ({ id, name, arguments: text, isFunctionCall, extra }: ToolCallOfAnswer) => ({
  id: storable(id),
  name: storable(name),
  arguments: storable(text),
  ...(isFunctionCall && { isFunctionCall }),
  ...(extra && { extra: storableObject(extra as JsonObject) }),
});

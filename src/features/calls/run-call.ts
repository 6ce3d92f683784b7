import type { LlmCall } from "../../generated/prisma/client.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import type { Logger } from "../../lib/log.js";
import { priceAnswer } from "../../upstream/prices.js";
import type { ChatRequest, Provider } from "../../upstream/provider.js";
import { UpstreamError } from "../../upstream/upstream-error.js";
import { type TimeLimits, withinTime } from "../../upstream/within-time.js";
import type { Plan, PlannedModel } from "../models/plan.js";
import { Answer, type UsageOfCall } from "./answer.js";
import type { CallItem } from "./call-event.js";
import { CutByClient } from "./cut-by-client.js";
import type { Outcome } from "./settle-call.js";

export interface CallToRun {
  readonly call: LlmCall;
  readonly plan: Plan;
  readonly request: Omit<ChatRequest, "model">;
}

interface Attempt {
  readonly model: PlannedModel;
  readonly answer: Answer;
  readonly firstTokenAt: Date | null;
  /** Undefined where the model answered in full. */
  readonly failure?: unknown;
}

/**
 * Asks the models of the plan in order until one answers in full, and tells how that ended; never throws. A failure
 * moves on to the next model where that one may succeed and nothing of an answer has arrived. When `signal` aborts,
 * its reason is the outcome's error.
 */
export class CallExecutor {
  constructor(
    private readonly provider: Provider,
    private readonly clock: Clock,
    private readonly log: Logger,
    private readonly timeLimits: TimeLimits,
  ) {}

  async execute(work: CallToRun, signal: AbortSignal, emit: (item: CallItem) => void): Promise<Outcome> {
    let mayHaveBilled = false;
    let attempt: Attempt | undefined;
    for (const model of work.plan) {
      if (attempt) emit(switched(attempt, model));
      attempt = await this.attempt(model, work.request, signal, emit);
      if (attempt.failure === undefined) return this.succeeded(work, attempt);
      mayHaveBilled ||= signal.aborted || !(attempt.failure instanceof UpstreamError) || attempt.failure.usageUnknown;
      if (signal.aborted || !mayTryNext(attempt)) break;
      this.log.warn(
        { callId: work.call.id, model: model.name, failure: describe(attempt.failure) },
        "A model failed; the next one is asked.",
      );
    }
    if (!attempt) throw new Error("A plan is never empty.");
    return this.ended(work, attempt, signal, mayHaveBilled);
  }

  private async attempt(
    model: PlannedModel,
    request: Omit<ChatRequest, "model">,
    signal: AbortSignal,
    emit: (item: CallItem) => void,
  ): Promise<Attempt> {
    const answer = new Answer();
    let firstTokenAt: Date | null = null;
    try {
      const parts = withinTime(this.provider, { ...request, model: model.name }, signal, this.timeLimits);
      for await (const part of parts) {
        answer.add(part);
        if (part.type !== "finish") emit(part);
        if (answer.hasBegun) firstTokenAt ??= this.clock.now();
      }
      return { model, answer, firstTokenAt };
    } catch (failure) {
      return { model, answer, firstTokenAt, failure };
    }
  }

  private succeeded(work: CallToRun, attempt: Attempt): Outcome {
    return {
      ...this.outcomeOf(work, attempt, attempt.answer.usage(work.request)),
      status: "SUCCEEDED",
      error: null,
      isCutByClient: false,
    };
  }

  /** The outcome of a call that no model answered in full. Text that had arrived is kept and its tokens are counted. */
  private ended(work: CallToRun, attempt: Attempt, signal: AbortSignal, mayHaveBilled: boolean): Outcome {
    const unknown: UsageOfCall = { promptTokens: 0, completionTokens: 0, source: "UNKNOWN" };
    const usage = attempt.answer.hasBegun ? attempt.answer.usage(work.request) : mayHaveBilled ? unknown : null;
    const { status, error } = signal.aborted ? abortedBy(signal.reason) : this.failedBy(work, attempt);
    const isCutByClient = signal.reason instanceof CutByClient && attempt.answer.hasBegun;
    return { ...this.outcomeOf(work, attempt, usage), status, error, isCutByClient };
  }

  private outcomeOf(
    { call }: CallToRun,
    { model, answer, firstTokenAt }: Attempt,
    usage: UsageOfCall | null,
  ): Omit<Outcome, "status" | "error" | "isCutByClient"> {
    const { upstreamCostNanoUsd } = answer;
    const isPriceable = usage !== null && (usage.source !== "UNKNOWN" || upstreamCostNanoUsd !== undefined);
    return {
      model: model.name,
      content: answer.content,
      toolCalls: answer.toolCalls,
      finishReason: answer.finishReason,
      usage,
      cost: isPriceable ? priceAnswer({ model: model.name, usage, upstreamCostNanoUsd, at: call.createdAt }) : null,
      timeToFirstTokenMs: firstTokenAt && Math.max(0, firstTokenAt.getTime() - call.createdAt.getTime()),
    };
  }

  private failedBy({ call }: CallToRun, { model, failure }: Attempt): Pick<Outcome, "status" | "error"> {
    this.log.warn({ callId: call.id, model: model.name, failure: describe(failure) }, "A call failed.");
    if (!(failure instanceof UpstreamError)) return { status: "FAILED", error: errorOf(new DomainError("INTERNAL")) };
    const code = failure.kind === "timeout" ? "UPSTREAM_TIMEOUT" : "UPSTREAM_FAILED";
    return { status: "FAILED", error: { code, message: failure.message } };
  }
}

function mayTryNext({ failure, answer }: Attempt): boolean {
  return failure instanceof UpstreamError && failure.tryNextModel && !answer.hasBegun;
}

function abortedBy(reason: unknown): Pick<Outcome, "status" | "error"> {
  const error = reason instanceof DomainError ? reason : new DomainError("CANCELLED");
  return { status: error.code === "GATEWAY_RESTARTED" ? "FAILED" : "CANCELLED", error: errorOf(error) };
}

/** Nothing of an answer has arrived, so that there is nothing to discard. */
function switched({ model, failure }: Attempt, next: PlannedModel): CallItem {
  const reason = failure instanceof UpstreamError ? failure.message : "The model failed.";
  return { type: "model-switched", fromModel: model.name, toModel: next.name, reason, discard: false };
}

const errorOf = ({ code, message }: DomainError) => ({ code, message });

/** For the log: what failed and why underneath, without anything of the request. */
function describe(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const cause = failure.cause instanceof Error ? `: ${failure.cause.message}` : "";
  return failure instanceof UpstreamError
    ? `${failure.kind}: ${failure.message}${cause}`
    : (failure.stack ?? failure.message);
}

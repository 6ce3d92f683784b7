import type { Clock } from "../../../lib/clock.js";
import { DomainError } from "../../../lib/errors.js";
import { UpstreamError } from "../../../upstream/failure/upstream-error.js";
import { priceAnswer } from "../../../upstream/pricing/prices.js";
import { withinTime } from "../../../upstream/resilience/within-time.js";
import type { Upstream } from "../../../upstream/upstream.js";
import { type PlannedModel, pricedAs } from "../../models/plan.js";
import type { AdmittedCall } from "../commit/admitted-call.js";
import type { Attempt } from "../commit/attempt.js";
import { Answer, UNKNOWN_USAGE, type UsageOfCall } from "../log/answer.js";
import type { CallItem } from "../log/call-event.js";
import { CapWatch } from "./job-cap.js";

interface Question {
  readonly clock: Clock;
  readonly model: PlannedModel;
  /** Whether no other model is left, so that a turn at its upstream is waited for. */
  readonly isLastModel: boolean;
  readonly call: AdmittedCall;
  /** The attempts of the call before this one. */
  readonly earlier: readonly Attempt[];
  readonly signal: AbortSignal;
  readonly emit: (item: CallItem) => void;
}

/**
 * How long a call waits in line for a turn at the upstream of its last model: as long as an answer may take to begin, and no
 * longer than it waits for a model that is overloaded.
 */
const turnWaitMs = ({ timeLimits }: Upstream): number => Math.min(timeLimits.firstTokenTimeoutMs, TURN_WAIT_MAX_MS);
const TURN_WAIT_MAX_MS = 10_000;

export interface Asked {
  readonly attempt: Attempt;
  /** As much of the answer as arrived. */
  readonly answer: Answer;
  /** Undefined if the model answered in full. */
  readonly failure?: unknown;
}

/**
 * Asks one model once and passes on what it says as it arrives. If its upstream is full, it is not asked. Only the last
 * model of a plan is waited for. Never throws: a failure is part of the result.
 */
export async function askModel(question: Question): Promise<Asked> {
  const { clock, model, call, earlier, isLastModel, signal, emit } = question;
  const { upstream } = model.at;
  const giveBack = await upstream.turns.wait(isLastModel ? turnWaitMs(upstream) : 0, signal);
  const answer = new Answer();
  const startedAt = clock.now();
  const startedMs = clock.elapsedMs();
  const now = () => new Date(startedAt.getTime() + clock.elapsedMs() - startedMs);
  let firstTokenAt: Date | null = null;
  const sending = new Sending();
  const ended = async (failure?: unknown): Promise<Asked> => {
    const end = { ...endOf(failure, signal), startedAt, firstTokenAt, endedAt: now() };
    if (end.status !== "CANCELLED") upstream.health.note(clock, end.errorKind);
    const usage = await usageOf(answer, question, failure, sending.wasSent);
    const cost = usage && (await priceAttempt(answer, question, usage));
    const attempt = {
      ...end,
      model: model.name,
      upstream: upstream.name,
      provider: upstream.provider.name,
      usage,
      cost,
    };
    return { attempt, answer, ...(failure !== undefined && { failure }) };
  };
  try {
    signal.throwIfAborted();
    if (!giveBack) throw new UpstreamError("full", model.at.model);
    const capWatch = await CapWatch.of(call, model, earlier);
    const request = { ...call.request, model: model.at.model };
    for await (const parts of withinTime(upstream.provider, request, signal, upstream.timeLimits, sending.note)) {
      for (const part of parts) {
        answer.add(part);
        if (part.type === "finish" || part.type === "usage" || part.type === "result") continue;
        emit(part);
        capWatch?.add(part);
      }
      if (answer.hasBegun) firstTokenAt ??= now();
      // A whole answer is kept, although it passes a limit: it is paid for. One that is not streamed comes as a whole.
      if (call.request.stream && answer.finishReason === null) capWatch?.check();
    }
    return await ended();
  } catch (failure) {
    return await ended(failure ?? new Error("The provider failed without saying why."));
  } finally {
    giveBack?.();
  }
}

/** Whether a request was sent. It refers to nothing of the call, because its connection keeps it in memory for a while. */
class Sending {
  wasSent = false;
  readonly note = (): void => {
    this.wasSent = true;
  };
}

function endOf(failure: unknown, signal: AbortSignal): Pick<Attempt, "status" | "errorKind"> {
  if (failure === undefined) return { status: "SUCCEEDED", errorKind: null };
  if (signal.aborted || failure instanceof DomainError) return { status: "CANCELLED", errorKind: null };
  return { status: "FAILED", errorKind: failure instanceof UpstreamError ? failure.kind : "internal" };
}

/**
 * What is billed: the reported usage, also of an attempt that failed, or a count if an answer had begun. If this side has
 * given a request up that it had sent, the upstream has begun to work on the prompt, so that is counted. It is unknown if
 * the upstream broke off, and null if the upstream refused the request or never got it.
 */
async function usageOf(
  answer: Answer,
  { call, signal }: Question,
  failure: unknown,
  wasSent: boolean,
): Promise<UsageOfCall | null> {
  if (failure === undefined || answer.hasBegun || answer.hasReport) return answer.usage(call.request);
  if (failure instanceof UpstreamError && !isTimeLimit(failure)) return failure.usageUnknown ? UNKNOWN_USAGE : null;
  if (!wasSent) return null;
  const isGivenUp = signal.aborted || failure instanceof UpstreamError || failure instanceof DomainError;
  return isGivenUp ? answer.usage(call.request) : UNKNOWN_USAGE;
}

/** Whether a time limit of ours was over. Timeouts that the upstream or its connection tells have a status or a cause. */
const isTimeLimit = ({ kind, status, cause }: UpstreamError): boolean =>
  kind === "timeout" && status === undefined && cause === undefined;

async function priceAttempt(answer: Answer, { model, call }: Question, usage: UsageOfCall): Promise<Attempt["cost"]> {
  const { upstreamCostNanoUsd } = answer;
  if (usage.source === "UNKNOWN" && upstreamCostNanoUsd === undefined) return null;
  return priceAnswer({
    ...pricedAs(model),
    // The zeros of a usage that nobody knows have no price.
    usage: usage.source === "UNKNOWN" ? undefined : usage,
    upstreamCostNanoUsd,
    at: call.call.createdAt,
  });
}

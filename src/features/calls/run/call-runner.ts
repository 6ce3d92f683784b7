import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../../lib/clock.js";
import { DomainError } from "../../../lib/errors.js";
import type { JsonObject } from "../../../lib/json/json.js";
import type { Logger } from "../../../lib/log.js";
import { UpstreamError } from "../../../upstream/failure/upstream-error.js";
import type { CircuitBreakers } from "../../../upstream/resilience/circuit-breakers.js";
import { stepAfter } from "../../../upstream/resilience/retry-policy.js";
import type { Plan, PlannedModel } from "../../models/plan.js";
import type { AdmittedCall } from "../commit/admitted-call.js";
import type { Attempt } from "../commit/attempt.js";
import type { Outcome } from "../commit/outcome.js";
import type { CallItem } from "../log/call-event.js";
import { type Asked, askModel } from "./ask-model.js";
import { CutByClient } from "./end-reasons.js";
import { errorOfUpstream } from "./error-of-upstream.js";
import { ModelVerdicts } from "./model-verdicts.js";
import { traceAttempt } from "./trace-attempt.js";

export interface CallRunnerDeps {
  readonly breakers: CircuitBreakers;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is done next after an attempt that gave no whole answer. */
type Next = "ask-again" | "ask-next-model" | "end";

/** Runs calls: asks the models of a plan until one answers in full. */
export class CallRunner {
  constructor(private readonly deps: CallRunnerDeps) {}

  /**
   * Walks the plan and returns how that ended. Never throws. After a failure the next model is asked at once, as long as
   * no text and no tool call has arrived, or if the caller wants an answer to be started over. The last model is asked again
   * after a short wait. A model whose circuit is open is passed over, unless it is the last. The first model whose upstream
   * is full is the last as well: if all others fail, a turn is waited for there. If `signal` aborts, its reason
   * becomes the outcome's error. `emit` gets what the client may see, in order.
   */
  async run(call: AdmittedCall, signal: AbortSignal, emit: (item: CallItem) => void): Promise<Outcome> {
    const verdicts = new ModelVerdicts(call.plan);
    try {
      return await this.walk(call, signal, verdicts, (item) => {
        if (isSomething(item)) verdicts.confirm();
        emit(item);
      });
    } finally {
      verdicts.end();
    }
  }

  private async walk(
    call: AdmittedCall,
    signal: AbortSignal,
    verdicts: ModelVerdicts,
    emit: (item: CallItem) => void,
  ): Promise<Outcome> {
    const attempts: Attempt[] = [];
    const models = [...call.plan];
    const switchTo = switcher(call.plan, emit);
    const beganMs = performance.now();
    const outcome = (asked: Asked) =>
      outcomeOf(call, asked, { attempts, upstreamMs: performance.now() - beganMs }, signal);
    let waitedMs = 0;
    let last: Asked | undefined;
    for (const [index, model] of models.entries()) {
      const isLastModel = index === models.length - 1;
      for (let retriesOfModel = 0; ; retriesOfModel++) {
        const permit = this.deps.breakers.ask(model.at.key, call.teamId, isLastModel);
        if (!permit) {
          verdicts.passOver();
          break;
        }
        switchTo(model, last);
        const question = { ...this.deps, model, isLastModel, call, earlier: [...attempts], signal, emit };
        last = await traceAttempt(question, () => askModel(question));
        attempts.push(last.attempt);
        if (signal.aborted || last.failure instanceof DomainError) permit.end("nothing");
        else verdicts.add(model.name, permit, last.failure);
        const { next, waitMs } = this.nextAfter(last, call, { retriesOfModel, waitedMs, isLastModel }, signal);
        if (last.failure !== undefined) this.logFailure(call.call.id, model, last, next);
        if (next === "end") return outcome(last);
        const isFull = last.failure instanceof UpstreamError && last.failure.kind === "full";
        if (isFull && !isLastModel && models.length === call.plan.length) models.push(model);
        if (next === "ask-next-model") break;
        await sleep(waitMs, undefined, { signal }).catch(() => undefined);
        waitedMs += waitMs;
        if (signal.aborted) return outcome(last);
      }
    }
    if (!last) throw new Error("The last model of a plan is always asked.");
    return outcome(last);
  }

  private nextAfter(
    { failure, answer }: Asked,
    { restartsMidStream }: AdmittedCall,
    progress: { retriesOfModel: number; waitedMs: number; isLastModel: boolean },
    signal: AbortSignal,
  ): { next: Next; waitMs: number } {
    const end = { next: "end", waitMs: 0 } as const;
    if (signal.aborted || !(failure instanceof UpstreamError)) return end;
    const step = stepAfter(failure, progress);
    if (step.do === "give-up") return end;
    if (answer.hasSpoken && !restartsMidStream) return end;
    if (!progress.isLastModel) return { next: "ask-next-model", waitMs: 0 };
    return step.do === "ask-again" && !answer.hasBegun ? { next: "ask-again", waitMs: step.afterMs } : end;
  }

  private logFailure(callId: string, { name: model, at }: PlannedModel, { failure }: Asked, next: Next): void {
    const { log } = this.deps;
    const { upstream } = at;
    const isForOperator = failure instanceof UpstreamError && failure.kind === "authentication";
    const said = { callId, model, upstream: upstream.name, next, ...describe(failure) };
    if (isForOperator)
      log.error({ ...said, address: upstream.provider.description }, "The upstream does not accept the gateway.");
    else log.warn(said, "A model failed.");
  }
}

const isSomething = ({ type }: CallItem): boolean =>
  type === "text-delta" || type === "reasoning-delta" || type === "tool-call-delta";

/** Tells the client if another model is asked than the one that it was last told of. */
function switcher(plan: Plan, emit: (item: CallItem) => void): (model: PlannedModel, last?: Asked) => void {
  let shown = plan[0].name;
  return (model, last) => {
    if (model.name === shown) return;
    const reason = last?.failure instanceof UpstreamError ? last.failure.message : "It has failed repeatedly.";
    emit({
      type: "model-switched",
      fromModel: shown,
      toModel: model.name,
      reason,
      discard: last?.answer.hasBegun ?? false,
    });
    shown = model.name;
  };
}

/** How the call ended, judged by its last attempt. What had arrived of an answer is kept. */
function outcomeOf(
  { call }: AdmittedCall,
  { answer, failure, attempt: { model, provider, firstTokenAt } }: Asked,
  asking: Pick<Outcome, "attempts" | "upstreamMs">,
  signal: AbortSignal,
): Outcome {
  const end = failure === undefined ? SUCCEEDED : signal.aborted ? abortedBy(signal.reason) : failedBy(failure);
  return {
    ...end,
    model,
    provider,
    content: answer.content,
    reasoning: answer.reasoning,
    toolCalls: answer.toolCalls,
    extensions: answer.beside.stored,
    result: answer.result,
    finishReason: answer.finishReason,
    timeToFirstTokenMs: firstTokenAt && Math.max(0, firstTokenAt.getTime() - call.createdAt.getTime()),
    isCutByClient: end.status === "CANCELLED" && signal.reason instanceof CutByClient && answer.hasBegun,
    ...asking,
  };
}

type End = Pick<Outcome, "status" | "error">;

const SUCCEEDED: End = { status: "SUCCEEDED", error: null };

function abortedBy(reason: unknown): End {
  const { code, message } = reason instanceof DomainError ? reason : new DomainError("CANCELLED");
  return { status: code === "GATEWAY_RESTARTED" ? "FAILED" : "CANCELLED", error: { code, message, data: {} } };
}

function failedBy(failure: unknown): End {
  const { code, message, data } =
    failure instanceof UpstreamError
      ? errorOfUpstream(failure)
      : failure instanceof DomainError
        ? failure
        : new DomainError("INTERNAL");
  return { status: "FAILED", error: { code, message, data: data as JsonObject } };
}

/** For the log. What the upstream said is left out, because it may repeat the question. */
function describe(failure: unknown): object {
  if (!(failure instanceof UpstreamError)) return { err: failure };
  const { kind, status, code, cause } = failure;
  return { kind, status, upstreamCode: code, ...(cause !== undefined && { err: cause }) };
}

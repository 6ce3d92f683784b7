import { UpstreamError } from "../../../upstream/failure/upstream-error.js";
import type { Permit } from "../../../upstream/resilience/circuit-breakers.js";
import { verdictOf } from "../../../upstream/resilience/retry-policy.js";
import type { Plan } from "../../models/plan.js";

/**
 * What the attempts of one call tell about the models. A failure counts once another model has begun to answer the same
 * request, or if not all models were asked. If all of several models fail, the request is more likely to blame than all
 * of them, so the failures count for none.
 */
export class ModelVerdicts {
  private passedOver = 0;
  private waiting: { readonly model: string; readonly permit: Permit; readonly failure: unknown }[] = [];

  constructor(private readonly plan: Plan) {}

  /** Takes note of how an attempt ended. `failure` is undefined if the model answered. */
  add(model: string, permit: Permit, failure: unknown): void {
    if (verdictOf(failure) === "unwell") this.waiting.push({ model, permit, failure });
    else permit.end(verdictOf(failure));
  }

  /** A model was not asked, because its circuit is open. That it would have answered is not known either. */
  passOver(): void {
    this.passedOver += 1;
  }

  /** Another model has begun to answer. */
  confirm(): void {
    for (const { permit, failure } of this.waiting.splice(0)) permit.end("unwell", retryAfterOf(failure));
  }

  /** The call has ended. */
  end(): void {
    const failed = new Set(this.waiting.map(({ model }) => model));
    if (this.plan.length === 1 || failed.size + this.passedOver < this.plan.length) this.confirm();
    else for (const { permit } of this.waiting.splice(0)) permit.end("nothing");
  }
}

const retryAfterOf = (failure: unknown): number | undefined =>
  failure instanceof UpstreamError ? failure.retryAfterMs : undefined;

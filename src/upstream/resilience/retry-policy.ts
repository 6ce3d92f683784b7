import { UpstreamError, type UpstreamErrorKind } from "../failure/upstream-error.js";
import type { Verdict } from "./circuit-breakers.js";

const RETRIES_OF_MODEL_MAX = 2;
/**
 * The longest time that a call waits between attempts in all. If an upstream asks for more, the next model is asked.
 */
const WAIT_TOTAL_MAX_MS = 10_000;
const BACKOFF_FIRST_MS = 250;

/** What a call does after a failed attempt, if the client has received no part of its answer. */
export type Step =
  | { readonly do: "ask-again"; readonly afterMs: number }
  | { readonly do: "ask-next-model" }
  /** No model would accept this request. */
  | { readonly do: "give-up" };

export interface Progress {
  /** Retries of the model that failed just now: 0 after its first attempt. */
  readonly retriesOfModel: number;
  /** Milliseconds that the whole call has waited so far, for whatever reason. */
  readonly waitedMs: number;
}

/**
 * Decides what follows a failure. The same model is asked again, up to twice, if waiting may help: it is limited,
 * overloaded or unavailable. The wait doubles each time and has a random part, so that calls which failed together do
 * not come back together. The upstream's retry-after is added. Otherwise the next model is asked, unless the request is
 * wrong for all models. `random` is from 0 to 1.
 */
export function stepAfter(
  failure: UpstreamError,
  { retriesOfModel, waitedMs }: Progress,
  random = Math.random(),
): Step {
  if (!failure.tryNextModel) return { do: "give-up" };
  const backoffMs = BACKOFF_FIRST_MS * 2 ** retriesOfModel;
  const afterMs = Math.round((failure.retryAfterMs ?? 0) + backoffMs * (0.5 + random / 2));
  const mayAskAgain =
    mayPass(failure) && retriesOfModel < RETRIES_OF_MODEL_MAX && waitedMs + afterMs <= WAIT_TOTAL_MAX_MS;
  return mayAskAgain ? { do: "ask-again", afterMs } : { do: "ask-next-model" };
}

/** Whether the same model may answer the same request a little later. */
function mayPass({ kind, status = 500, usageUnknown }: UpstreamError): boolean {
  if (kind === "rate-limited" || kind === "overloaded") return true;
  // A model that the upstream does not have, or that must be paid for, is still missing a second later.
  if (kind === "unavailable") return status >= 500;
  // Only a timeout while connecting. A call that waited for an answer has waited, and perhaps paid, enough.
  return kind === "timeout" && !usageUnknown;
}

/** Failures that tell something about the request, or about this gateway, and not about the model's health. */
const TELLS_NOTHING: ReadonlySet<UpstreamErrorKind> = new Set([
  "invalid-request",
  "content-filter",
  "context-length",
  "full",
  "not-configured",
]);

/** Returns what an attempt tells the model's circuit. `failure` is undefined if the model answered. */
export function verdictOf(failure: unknown): Verdict {
  if (failure === undefined) return "well";
  return failure instanceof UpstreamError && !TELLS_NOTHING.has(failure.kind) ? "unwell" : "nothing";
}

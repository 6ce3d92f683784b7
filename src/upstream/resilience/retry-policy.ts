import { UpstreamError, type UpstreamErrorKind } from "../failure/upstream-error.js";
import type { Verdict } from "./circuit-breakers.js";

const RETRIES_OF_MODEL_MAX = 2;
/** What a call may wait between attempts in all; an upstream that asks for more is left for the next model. */
const WAIT_TOTAL_MAX_MS = 10_000;
const BACKOFF_FIRST_MS = 250;

/** What a call does after a failed attempt of which nothing had reached the client. */
export type Step =
  | { readonly do: "ask-again"; readonly afterMs: number }
  | { readonly do: "ask-next-model" }
  /** No model would take this request. */
  | { readonly do: "give-up" };

export interface Progress {
  /** Of the model that failed just now: 0 after its first attempt. */
  readonly retriesOfModel: number;
  /** Of the whole call, whatever it waited for. */
  readonly waitedMs: number;
}

/**
 * The same model is asked again, up to twice, where waiting may help: it is limited, overloaded or unavailable. The
 * wait doubles each time and is spread at random, so that calls which failed together do not come back together; what
 * the upstream asked for with retry-after comes on top. Everything else goes to the next model, but for a request that
 * is wrong for all. `random` is from 0 to 1.
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

/** Whether a little later the same model may answer the same request. */
function mayPass({ kind, status = 500, usageUnknown }: UpstreamError): boolean {
  if (kind === "rate-limited" || kind === "overloaded") return true;
  // A model that the upstream does not have, or that must be paid for, is as absent a second later.
  if (kind === "unavailable") return status >= 500;
  // Only while connecting: whoever has waited for an answer in vain has waited, and perhaps paid, enough.
  return kind === "timeout" && !usageUnknown;
}

/** Failures that say something of the request, not of the model's health. */
const BLAMES_REQUEST: ReadonlySet<UpstreamErrorKind> = new Set(["invalid-request", "content-filter", "context-length"]);

/** What an attempt tells the model's circuit: of the failure, undefined where it answered. */
export function verdictOf(failure: unknown): Verdict {
  if (failure === undefined) return "well";
  return failure instanceof UpstreamError && !BLAMES_REQUEST.has(failure.kind) ? "unwell" : "nothing";
}

import { quote } from "../../lib/errors.js";

export type UpstreamErrorKind =
  | "rate-limited"
  | "overloaded"
  | "timeout"
  | "unavailable"
  | "invalid-request"
  | "authentication"
  | "content-filter"
  | "context-length"
  | "truncated"
  | "malformed";

export interface UpstreamErrorDetails {
  /** The HTTP status of the answer, where there was one. */
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Overrides what the kind says: a timeout while connecting, for example, cannot have been billed. */
  readonly usageUnknown?: boolean | undefined;
  /** What the upstream said, already made public by `publicText`. Shown for the kinds whose cause lies in the request. */
  readonly text?: string | undefined;
  /** The failure underneath. It goes to the log and may name hosts: never show it to a team. */
  readonly cause?: unknown;
}

/**
 * One attempt at one model failed. The message is public: it is composed here, from the model's name, the status and,
 * where the request is to blame, the upstream's own words; so no host, URL or credential of the upstream gets into it.
 */
export class UpstreamError extends Error {
  readonly status: number | undefined;
  /** How long the upstream asked us to wait; undefined where it did not say. */
  readonly retryAfterMs: number | undefined;
  /**
   * Whether another model may succeed. False for invalid-request only: a request that is wrong for one model is wrong
   * for all, while one that is too long, filtered or not permitted here may be served by the next.
   */
  readonly tryNextModel: boolean;
  /** True where the upstream may have billed the attempt without telling us for how many tokens. */
  readonly usageUnknown: boolean;

  constructor(
    readonly kind: UpstreamErrorKind,
    model: string,
    details: UpstreamErrorDetails = {},
  ) {
    super(sentence(kind, model, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "UpstreamError";
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.tryNextModel = kind !== "invalid-request";
    this.usageUnknown = details.usageUnknown ?? (kind === "timeout" || kind === "truncated" || kind === "malformed");
  }
}

const SENTENCES: Record<UpstreamErrorKind, (model: string) => string> = {
  "rate-limited": (model) => `The upstream is limiting requests to model ${model}`,
  overloaded: (model) => `The upstream has no capacity for model ${model} at the moment`,
  timeout: (model) => `The upstream did not answer for model ${model} in time`,
  unavailable: (model) => `The upstream could not serve model ${model}`,
  "invalid-request": (model) => `The upstream refused the request to model ${model} as invalid`,
  authentication: (model) => `The upstream did not accept the gateway's credentials for model ${model}`,
  "content-filter": (model) => `The upstream's content filter refused the request to model ${model}`,
  "context-length": (model) => `The request is too long for model ${model}`,
  truncated: (model) => `The answer of model ${model} was cut off before its end`,
  malformed: (model) => `The upstream's answer for model ${model} could not be understood`,
};

function sentence(kind: UpstreamErrorKind, model: string, { status, text }: UpstreamErrorDetails): string {
  const start = SENTENCES[kind](quote(model)) + (status === undefined ? "" : ` (status ${status})`);
  const blamesRequest = kind === "invalid-request" || kind === "content-filter" || kind === "context-length";
  return blamesRequest && text ? `${start}: ${text}` : `${start}.`;
}

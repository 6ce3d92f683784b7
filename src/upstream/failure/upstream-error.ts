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
  | "malformed"
  /** As many requests are at the upstream as it may have. It was not asked. */
  | "full"
  /** The model's name names an upstream that is not configured. Nobody was asked. */
  | "not-configured";

export interface UpstreamErrorDetails {
  /** The HTTP status of the answer. Undefined if there was no answer. */
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Overrides what the kind says. For example, a timeout while connecting cannot have been billed. */
  readonly usageUnknown?: boolean | undefined;
  /** What the upstream said, made public by `publicText`. It is shown only for the kinds that blame the request. */
  readonly text?: string | undefined;
  /** The upstream's own code for the failure, and the field of the request that it blames. Both are public. */
  readonly code?: string | undefined;
  readonly param?: string | undefined;
  /** The failure underneath. It goes to the log and may name hosts: never show it to a team. */
  readonly cause?: unknown;
}

/**
 * One attempt at one model failed. The message is public. It is composed here from the model's name, the status and, if
 * the request is to blame, the upstream's own words. So no host, URL or credential of the upstream gets into it.
 */
export class UpstreamError extends Error {
  readonly status: number | undefined;
  /** How many milliseconds the upstream asked us to wait. Undefined if it did not ask. */
  readonly retryAfterMs: number | undefined;
  /**
   * Whether another model may succeed. False for invalid-request only, because such a request is wrong for all models.
   * A request that is too long, filtered or not permitted here may still succeed at the next model.
   */
  readonly tryNextModel: boolean;
  /** Whether the upstream may have billed the attempt without telling us for how many tokens. */
  readonly usageUnknown: boolean;
  readonly code: string | undefined;
  readonly param: string | undefined;

  constructor(
    readonly kind: UpstreamErrorKind,
    model: string,
    details: UpstreamErrorDetails = {},
  ) {
    super(sentence(kind, model, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "UpstreamError";
    this.status = details.status;
    this.code = details.code;
    this.param = details.param;
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
  full: (model) => `The upstream of model ${model} has as many requests as it may have`,
  "not-configured": (model) => `No upstream is configured for model ${model}`,
};

function sentence(kind: UpstreamErrorKind, model: string, { status, text }: UpstreamErrorDetails): string {
  const start = SENTENCES[kind](quote(model)) + (status === undefined ? "" : ` (status ${status})`);
  const blamesRequest = kind === "invalid-request" || kind === "content-filter" || kind === "context-length";
  return blamesRequest && text ? `${start}: ${text}` : `${start}.`;
}

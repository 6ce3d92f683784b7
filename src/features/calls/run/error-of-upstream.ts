import { DomainError } from "../../../lib/errors.js";
import type { UpstreamError, UpstreamErrorKind } from "../../../upstream/failure/upstream-error.js";

/** Failures that the client can mend. The upstream understood the request, and refused this very one. */
const REFUSALS: ReadonlySet<UpstreamErrorKind> = new Set(["invalid-request", "content-filter", "context-length"]);
/** With these statuses an upstream refuses the request too, even if the words blame a model that it does not have. */
const REFUSING_STATUSES: ReadonlySet<number | undefined> = new Set([400, 404, 422]);

/**
 * Returns the error of a call whose upstream failed. A refusal of the request and a limit of the upstream's are told with
 * what the upstream says of them, because clients act on it. If the upstream does not accept the gateway, that is for the
 * gateway's operator to mend, and to the client a failure like any other.
 */
export function errorOfUpstream(failure: UpstreamError): DomainError {
  const { kind, status, message, code, param, retryAfterMs } = failure;
  if (kind === "full") return new DomainError("OVERLOADED", message);
  if (kind === "timeout") return new DomainError("UPSTREAM_TIMEOUT", message);
  if (kind === "rate-limited")
    return new DomainError("UPSTREAM_RATE_LIMITED", message, defined({ upstreamCode: code, retryAfterMs }));
  if (REFUSALS.has(kind) || (kind === "unavailable" && REFUSING_STATUSES.has(status)))
    return new DomainError("UPSTREAM_REJECTED", message, defined({ upstreamCode: code, upstreamParam: param }));
  return new DomainError("UPSTREAM_FAILED", message);
}

const defined = (data: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));

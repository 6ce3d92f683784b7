import { UpstreamError, type UpstreamErrorKind } from "./upstream-error.js";

/** What had arrived of the answer when the transport failed: no headers yet, or headers and perhaps more. */
export type Phase = "before-answer" | "in-answer";

/**
 * Makes the UpstreamError for a connection that failed, by the code of Node or undici. If the request cannot have been
 * sent, it was not billed; otherwise its usage is unknown. An unknown code means "unavailable" before the answer and
 * "truncated" in it. The failure is kept as the cause.
 */
export function classifyTransportFailure(model: string, error: unknown, phase: Phase): UpstreamError {
  const failure = innermost(error);
  const sent = phase === "in-answer" || !(NOT_SENT.has(failure.code) || failure.syscall === "connect");
  return new UpstreamError(kindOf(failure, phase), model, { usageUnknown: sent, cause: error });
}

function kindOf({ code, name }: Failure, phase: Phase): UpstreamErrorKind {
  if (TIMEOUTS.has(code)) return "timeout";
  // If the answer is not HTTP, the error has the parser's name, but not always a code.
  if (name === "HTTPParserError" || code === "UND_ERR_HEADERS_OVERFLOW") return "malformed";
  return phase === "in-answer" ? "truncated" : "unavailable";
}

const TIMEOUTS = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "UND_ERR_CONNECT_TIMEOUT", "ETIMEDOUT"]);

/** The host was not found, the connection or its handshake failed, or the provider was closed before. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_CLOSED",
  "UND_ERR_DESTROYED",
  "UND_ERR_INVALID_ARG",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "EPROTO",
]);

interface Failure {
  readonly name: string;
  readonly code: string;
  readonly syscall: string;
}

/** Finds the error with the code: the error itself, its cause, or the first of the attempts at several addresses. */
function innermost(error: unknown): Failure {
  let at = error;
  for (let depth = 0; at instanceof Error && depth < 4; depth++) {
    if ("code" in at && typeof at.code === "string") {
      return { name: at.name, code: at.code, syscall: "syscall" in at ? String(at.syscall) : "" };
    }
    const next: unknown = at instanceof AggregateError ? at.errors[0] : at.cause;
    if (!(next instanceof Error)) break;
    at = next;
  }
  return { name: at instanceof Error ? at.name : "", code: "", syscall: "" };
}

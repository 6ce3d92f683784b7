/**
 * The one table of errors, for all doors. Each code has its HTTP status, whether the same request can succeed if it is
 * repeated, and a sentence. The sentence is shown if the thrower has no better one.
 */
export const ERRORS = {
  UNAUTHENTICATED: { status: 401, retryable: false, message: "No valid credential was sent." },
  FORBIDDEN: { status: 403, retryable: false, message: "This credential may not do that." },
  NOT_FOUND: { status: 404, retryable: false, message: "The thing that was asked for does not exist." },
  ALREADY_EXISTS: { status: 400, retryable: false, message: "It already exists." },
  INVALID_INPUT: { status: 422, retryable: false, message: "The input is not valid." },
  INVALID_STATE: { status: 409, retryable: false, message: "Its state does not allow that." },
  CALLS_RUNNING: { status: 409, retryable: true, message: "The job still has running calls." },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    retryable: false,
    message: "The idempotency key was used before, with another input.",
  },
  INSUFFICIENT_CREDITS: { status: 403, retryable: false, message: "The team does not have enough credits." },
  TEAM_SUSPENDED: { status: 403, retryable: false, message: "The team is suspended." },
  RATE_LIMITED: { status: 429, retryable: true, message: "This credential has too much running at once." },
  MODEL_GROUP_NOT_ALLOWED: { status: 403, retryable: false, message: "The team may not use this model group." },
  UPSTREAM_FAILED: { status: 502, retryable: true, message: "The model's provider failed." },
  UPSTREAM_TIMEOUT: { status: 504, retryable: true, message: "The model's provider did not answer in time." },
  CANCELLED: { status: 499, retryable: false, message: "The call was cancelled." },
  GATEWAY_RESTARTED: { status: 502, retryable: true, message: "The gateway stopped while the call was running." },
  UNAVAILABLE: { status: 503, retryable: true, message: "The gateway cannot serve this at the moment." },
  OVERLOADED: { status: 503, retryable: true, message: "The gateway already runs as many calls as it can." },
  INTERNAL: { status: 500, retryable: false, message: "Something went wrong inside the gateway." },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Returns the code that a stored text names, or INTERNAL if the table has no such code. */
export function toErrorCode(text: string | null): ErrorCode {
  return text !== null && Object.hasOwn(ERRORS, text) ? (text as ErrorCode) : "INTERNAL";
}

/** An error that a caller can act on. Its message and data are public: never put a secret or a prompt into them. */
export class DomainError extends Error {
  readonly status: number;
  readonly retryable: boolean;

  constructor(
    readonly code: ErrorCode,
    message: string = ERRORS[code].message,
    readonly data: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "DomainError";
    this.status = ERRORS[code].status;
    this.retryable = ERRORS[code].retryable;
  }
}

/**
 * The error for a thing that does not exist. A thing of another team gets the same error, so that nobody learns that it
 * exists.
 */
export function notFound(kind: string, id: string): DomainError {
  return new DomainError("NOT_FOUND", `There is no ${kind} ${quote(id)}.`, { kind, id: cut(id) });
}

/** The error for an id or a name that is taken. */
export function alreadyExists(kind: string, id: string): DomainError {
  const start = kind.charAt(0).toUpperCase() + kind.slice(1);
  return new DomainError("ALREADY_EXISTS", `${start} ${quote(id)} already exists.`, { kind, id });
}

const SHOWN_MAX = 80;

/** Returns a value as an error may show it: quoted as JSON and cut to 80 characters. */
export function quote(value: unknown): string {
  const text = textOf(value);
  return text.length > SHOWN_MAX ? `${cut(text)}… (${text.length} characters)` : text;
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "a value that cannot be shown"; // For example JSON that is nested too deeply.
  }
}

/** Returns the text's first 80 characters, or 79 if the cut would split a surrogate pair. */
export function cut(text: string): string {
  const start = text.slice(0, SHOWN_MAX);
  return text.length > SHOWN_MAX ? start.replace(/[\ud800-\udbff]$/, "") : start;
}

import { stringifyExact } from "./json/exact-json.js";

interface ErrorEntry {
  /** The HTTP status, for doors that answer with one. */
  readonly status: number;
  /** Whether the same request can succeed if it is repeated. */
  readonly retryable: boolean;
  /** The sentence that is shown if the thrower has no better one. */
  readonly message: string;
  /** What the caller should do about it. */
  readonly whatToDo: string;
}

/** The one table of errors, for all doors and for the documentation. */
export const ERRORS = {
  UNAUTHENTICATED: {
    status: 401,
    retryable: false,
    message: "No valid credential was sent.",
    whatToDo: "Send the admin key, or a key of an organization or a team that is neither expired nor revoked.",
  },
  FORBIDDEN: {
    status: 403,
    retryable: false,
    message: "This credential may not do that.",
    whatToDo: "Use another credential. The error names the action that is not allowed.",
  },
  NOT_FOUND: {
    status: 404,
    retryable: false,
    message: "The thing that was asked for does not exist.",
    whatToDo:
      "Check the id. A thing out of the credential's reach gets the same answer as a thing that does not exist.",
  },
  ALREADY_EXISTS: {
    status: 400,
    retryable: false,
    message: "It already exists.",
    whatToDo: "Choose another id or name, or use what exists.",
  },
  INVALID_INPUT: {
    status: 422,
    retryable: false,
    message: "The input is not valid.",
    whatToDo: "Correct the fields that the error names. It shows what it got for each.",
  },
  INVALID_STATE: {
    status: 409,
    retryable: false,
    message: "Its state does not allow that.",
    whatToDo: "Read the object again: it has ended, or something else must happen first.",
  },
  CALLS_RUNNING: {
    status: 409,
    retryable: true,
    message: "The job still has running calls.",
    whatToDo: "Wait for the calls that the error names, or cancel them. Then complete the job again.",
  },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    retryable: false,
    message: "The idempotency key was used before, with another input.",
    whatToDo: "Use a new key for a new request, and the same input for a repeated one.",
  },
  INSUFFICIENT_CREDITS: {
    status: 403,
    retryable: false,
    message: "The team does not have enough credits.",
    whatToDo: "Ask the admin for credits, or end open jobs that hold some.",
  },
  TEAM_SUSPENDED: {
    status: 403,
    retryable: false,
    message: "The team is suspended.",
    whatToDo:
      "Ask the admin to resume it; a team can also be resumed by its organization, if the admin did not suspend it. `suspended` says what is suspended: TEAM or ORGANIZATION.",
  },
  BUDGET_EXCEEDED: {
    status: 403,
    retryable: false,
    message: "A budget of the team, of the key or of the job is used up.",
    whatToDo:
      "`budget` says which budget it is. UNPAID_COST: the jobs that the team does not pay for have cost what they may on a day; complete open jobs, or wait until midnight UTC. JOB_COST and JOB_TOKENS: the job's own limit (maxCostUsd, maxTokens), which ends only with the job. JOB_ALLOWANCE: the key has opened as many jobs as its jobAllowance says. CREDITS: only if the error names a `model`. A model that the error names has no price, which a budget in USD needs from the admin.",
  },
  RATE_LIMITED: {
    status: 429,
    retryable: true,
    message: "A limit of the team or of the key is reached.",
    whatToDo:
      "Wait for as long as retryAfterMs says, and try again. `limit` says what is limited (REQUESTS, TOKENS or CONCURRENCY), and `of` whose limit it is (TEAM or KEY).",
  },
  MODEL_GROUP_NOT_ALLOWED: {
    status: 403,
    retryable: false,
    message: "The team may not use this model group.",
    whatToDo: "Name one of the team's model groups, or ask the admin to assign this one.",
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    retryable: false,
    message: "This gateway runs only the documents of its list, and this one is not on it.",
    whatToDo: "Send the id or the text of a listed document, or ask the operator to list this one.",
  },
  UPSTREAM_REJECTED: {
    status: 400,
    retryable: false,
    message: "The model's provider refused the request.",
    whatToDo:
      "Correct the request. The error tells the provider's own code and the field that it blames, if it named them.",
  },
  UPSTREAM_RATE_LIMITED: {
    status: 429,
    retryable: true,
    message: "The model's provider is limiting requests.",
    whatToDo: "Wait, and try again. The error tells how many milliseconds, if the provider did.",
  },
  UPSTREAM_FAILED: {
    status: 502,
    retryable: true,
    message: "The model's provider failed.",
    whatToDo: "Try again later. The attempts of the call say what happened to each model.",
  },
  UPSTREAM_TIMEOUT: {
    status: 504,
    retryable: true,
    message: "The model's provider did not answer in time.",
    whatToDo: "Try again, or ask for a shorter answer.",
  },
  CANCELLED: {
    status: 499,
    retryable: false,
    message: "The call was cancelled.",
    whatToDo: "Make a new call if the answer is still wanted.",
  },
  GATEWAY_RESTARTED: {
    status: 502,
    retryable: true,
    message: "The gateway stopped while the call was running.",
    whatToDo: "Make the call again. The upstream may have billed the first one.",
  },
  UNAVAILABLE: {
    status: 503,
    retryable: true,
    message: "The gateway cannot serve this at the moment.",
    whatToDo: "Wait some seconds and try again.",
  },
  OVERLOADED: {
    status: 503,
    retryable: true,
    message: "The gateway already runs as many calls as it can.",
    whatToDo: "Wait until calls have ended, and try again.",
  },
  INTERNAL: {
    status: 500,
    retryable: false,
    message: "Something went wrong inside the gateway.",
    whatToDo: "Report it to the operator, with the request id of the error.",
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof ERRORS;

/** Returns the code that a stored text names, or INTERNAL if the table has no such code. */
export function toErrorCode(text: string | null): ErrorCode {
  return text !== null && Object.hasOwn(ERRORS, text) ? (text as ErrorCode) : "INTERNAL";
}

/** Returns the HTTP status of a code. GraphQL's own codes are about the document, so theirs is 400. */
export const statusOfCode = (code: string): number =>
  Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode].status : 400;

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
 * The error for a thing that does not exist. A thing out of reach gets the same error, so that nobody learns that it
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
    return stringifyExact(value) ?? String(value);
  } catch {
    return "a value that cannot be shown"; // For example JSON that is nested too deeply.
  }
}

/** Returns the text's first 80 characters, or 79 if the cut would split a surrogate pair. */
export function cut(text: string): string {
  const start = text.slice(0, SHOWN_MAX);
  return text.length > SHOWN_MAX ? start.replace(/[\ud800-\udbff]$/, "") : start;
}

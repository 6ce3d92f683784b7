import { CombinedGraphQLErrors, CombinedProtocolErrors, ServerError, ServerParseError } from "@apollo/client";
import { requestIdOf } from "./client";

/** A failure as it is shown to a person. */
export interface Failure {
  readonly message: string;
  /** The gateway's error code, such as NOT_FOUND. Null if no answer came. */
  readonly code: string | null;
  /** The id of the request, to look it up in the gateway's log. */
  readonly requestId: string | null;
  /** Whether the same request may succeed later. */
  readonly mayPass: boolean;
}

/** Returns what to tell of an error of a query, a mutation or a subscription. */
export function failureOf(error: unknown): Failure {
  if (CombinedGraphQLErrors.is(error) || CombinedProtocolErrors.is(error)) {
    const [first] = error.errors;
    const code = first?.extensions?.code;
    return {
      message: first?.message ?? "The gateway refused the request.",
      code: typeof code === "string" ? code : null,
      requestId: requestIdOf(error),
      mayPass: first?.extensions?.retryable === true,
    };
  }
  if (ServerError.is(error)) {
    const told = toldIn(error.bodyText);
    const code = told?.extensions?.code;
    return {
      message: told ? String(told.message) : `The gateway answered with status ${error.statusCode}.`,
      code: typeof code === "string" ? code : null,
      requestId: error.response.headers.get("x-request-id"),
      mayPass: told ? told.extensions?.retryable === true : error.statusCode >= 500,
    };
  }
  if (ServerParseError.is(error))
    return {
      message: "The gateway's answer broke off, or came from something else in between.",
      code: null,
      requestId: error.response.headers.get("x-request-id"),
      mayPass: true,
    };
  return { message: "The gateway cannot be reached.", code: null, requestId: null, mayPass: true };
}

interface Told {
  readonly message?: unknown;
  readonly extensions?: { readonly code?: unknown; readonly retryable?: unknown };
}

/** What the gateway says in JSON of a request that it refuses before it reads the operation. Others refuse in other forms. */
function toldIn(bodyText: string): Told | null {
  try {
    const told: Told | undefined = JSON.parse(bodyText)?.errors?.[0];
    return told?.message === undefined ? null : told;
  } catch {
    return null;
  }
}

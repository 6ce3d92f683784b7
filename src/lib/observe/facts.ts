/**
 * The facts that are told of the gateway's work, by name. None of them has a text of a client or of a model in it: no
 * prompt, no answer, no key, no message of an error.
 */
export interface Facts {
  /** A request is over, through whichever door it came. */
  readonly request: RequestEnded;
  /** A call was settled, by this process. */
  readonly call: CallSettled;
  /** How long the gateway itself worked for a call: the time from its arrival to its settlement without its attempts. */
  readonly overhead: { readonly ms: number };
  /** Credits were moved, by this process. */
  readonly credits: { readonly movement: CreditMovement; readonly count: number };
  /** Jobs were ended, by this process. `status` is that of the job, such as COMPLETED. */
  readonly jobs: { readonly status: string; readonly count: number };
  /** A batch of a lane was answered by the database. */
  readonly batch: BatchWritten;
  /** A limit has refused something, or would have, if it were enforced. */
  readonly limit: LimitReached;
  /** A budget has refused something, or would have, if it were enforced. */
  readonly budget: { readonly budget: string; readonly isEnforced: boolean };
  /** An event was posted to a webhook, or should have been. */
  readonly delivery: DeliveryTried;
  /** Somebody has signed in, or could not. */
  readonly signIn: SignInEnded;
  /** A turn of a background task is over. */
  readonly task: TaskRan;
}

export type CreditMovement = "held" | "posted" | "voided" | "expired";

/** How a request came in. "other" is everything beside the APIs: pages, health probes, metrics. */
export type Door = "graphql" | "graphql-sse" | "graphql-ws" | "rest" | "openai" | "anthropic" | "mcp" | "other";

export interface RequestEnded {
  readonly requestId: string;
  readonly door: Door;
  /** One of a fixed list: a route such as "GET /api/teams/:team_id", or a field such as "mutation runLlmCall". */
  readonly operation: string;
  /** The client's own name of the operation. */
  readonly operationName: string | null;
  readonly viewer: "anonymous" | "admin" | "organization" | "team";
  readonly organizationId: string | null;
  readonly teamId: string | null;
  readonly keyId: string | null;
  readonly jobId: string | null;
  readonly callId: string | null;
  /** The HTTP status. Over a socket, the status that the error table has for the error, otherwise 200. */
  readonly status: number;
  /** A code of the error table, or of GraphQL. Null if the request succeeded. */
  readonly errorCode: string | null;
  /** How long the request took. That of a stream includes all of its events. */
  readonly ms: number;
  /** The client went away before it had the whole answer. */
  readonly isAborted: boolean;
  readonly traceId: string | null;
  /** The budget that refused it, such as UNPAID_COST. Null if none did. */
  readonly budget: string | null;
  /** The limit that refused it, such as TEAM_REQUESTS. Null if none did. */
  readonly limitedBy: string | null;
  /** The limits that are only measured, and would have refused it. */
  readonly overLimits: readonly string[];
}

interface LimitReached {
  /** REQUESTS, TOKENS or CONCURRENCY. */
  readonly limit: string;
  /** TEAM or KEY. Null if it is that of an address or of a socket. */
  readonly of: string | null;
  readonly isEnforced: boolean;
}

export interface CallSettled {
  readonly callId: string;
  readonly jobId: string;
  readonly teamId: string;
  readonly modelGroup: string;
  readonly model: string;
  /** How OpenTelemetry's conventions call who answers, such as "openai". */
  readonly provider: string;
  /** SUCCEEDED, FAILED or CANCELLED. */
  readonly status: string;
  readonly errorCode: string | null;
  /** From admission to settlement. Null if nobody knows. */
  readonly ms: number | null;
  readonly timeToFirstTokenMs: number | null;
  readonly attempts: readonly AttemptEnded[];
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedPromptTokens: number;
  readonly cacheWritePromptTokens: number;
  readonly audioPromptTokens: number;
  readonly reasoningTokens: number;
  readonly audioCompletionTokens: number;
  /** REPORTED, ESTIMATED or UNKNOWN. Null if there was nothing to count. */
  readonly usageSource: string | null;
  /** Null if the cost is unknown. */
  readonly costNanoUsd: bigint | null;
  readonly costSource: string | null;
  /** Whether a part of it has no known price. */
  readonly hasUnpricedPart: boolean;
}

export interface AttemptEnded {
  /** The name of the upstream that was asked. */
  readonly upstream: string;
  /** How OpenTelemetry's conventions call its kind, such as "openai". */
  readonly provider: string;
  readonly model: string;
  /** SUCCEEDED, FAILED or CANCELLED. */
  readonly status: string;
  /** Such as "rate-limited"; null if the attempt did not fail. */
  readonly errorKind: string | null;
  readonly ms: number;
  /** From the question to the first token of the answer. Null if there was no token. */
  readonly firstTokenMs: number | null;
  /** From the first token of the answer to its end. Null if there was no token. */
  readonly streamedMs: number | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

interface BatchWritten {
  readonly lane: string;
  /** How many members it had. */
  readonly size: number;
  /** How long the first of them had waited until it was sent. */
  readonly waitedMs: number;
  /** How long the database took. */
  readonly ms: number;
}

interface TaskRan {
  readonly name: string;
  readonly ms: number;
  readonly hasFailed: boolean;
  /** How long ago the turn should have begun. It waits if the turn before takes longer than the interval. */
  readonly lateMs: number;
}

export interface SignInEnded {
  readonly requestId: string;
  /** Such as NO_ROLE. Null if the person has signed in. */
  readonly failure: string | null;
  /** What more is known of the failure: a word of the OpenID provider or of the library. */
  readonly code: string | null;
  /** The provider's id of the person. Null if nobody has signed in. */
  readonly subject: string | null;
  readonly role: string | null;
  readonly organizationId: string | null;
}

export interface DeliveryTried {
  /** "failed" is going to be tried again, "given_up" is not. */
  readonly outcome: "delivered" | "failed" | "given_up";
  readonly webhookId: string;
  readonly eventId: string;
  /** Such as "job.completed". */
  readonly type: string;
  /** Null if there was no answer. */
  readonly httpStatus: number | null;
  /** How long the try took. */
  readonly ms: number;
  /** How long ago the event happened. */
  readonly sinceEventMs: number;
}

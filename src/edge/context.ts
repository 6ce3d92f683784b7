import type { IncomingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Viewer } from "../auth/viewer.js";
import type { Logger } from "../lib/log.js";
import type { Events } from "../lib/observe/events.js";
import { authenticate, type Credentials } from "./authenticate.js";
import { recordOf } from "./http/record-requests.js";
import type { RequestRecord } from "./request-record.js";

/**
 * The services of all features, by name. It is empty here: app.ts builds the services and declares what it holds.
 * @public
 */
// biome-ignore lint/suspicious/noEmptyInterface: app.ts adds the members, so that edge/ imports nothing from above it.
export interface Services {}

/** What every door knows about a request. Only this file makes it. */
export interface RequestContext {
  readonly services: Services;
  readonly viewer: Viewer;
  readonly requestId: string;
  /**
   * The client's own id of the operation, if its transport has a unique one: a UUID over graphql-ws. Otherwise null.
   */
  readonly operationId: string | null;
  readonly log: Logger;
  /** What is told of the request when it is over. */
  readonly record: RequestRecord;
  /** Aborts when the client has gone away. */
  readonly signal: AbortSignal;
}

/** What the contexts of all requests of a process are made with. */
export interface Gate {
  readonly services: Services;
  readonly credentials: Credentials;
  readonly log: Logger;
  readonly events: Events;
}

/** A request, through whichever door it came. */
export interface Origin {
  readonly headers: IncomingHttpHeaders;
  readonly record: RequestRecord;
  readonly operationId: string | null;
  readonly signal: AbortSignal;
  /** Whether the session of a person counts, beside keys. */
  readonly takesSession: boolean;
  /** Who asks, if that is proven already. */
  readonly viewer?: Viewer | undefined;
  /** Whether the process was stopping when the request came. */
  readonly isLate: boolean;
}

/** Finds out who is asking, and makes the request's context. Rejects if the database does not answer. */
export async function createContext(gate: Gate, origin: Origin): Promise<RequestContext> {
  const { headers, takesSession, record } = origin;
  const proof = { headers, takesSession, requestId: record.requestId };
  const viewer = origin.viewer ?? (await authenticate(gate.credentials, proof));
  return new Context(gate, origin.isLate && viewer.kind === "team" ? { ...viewer, isLate: true } : viewer, origin);
}

/**
 * Most requests need neither a log nor a signal, and each takes longer to make than all the rest, so they are made when
 * they are asked for. They are getters of a class, because Apollo copies the own properties of its context.
 */
class Context implements RequestContext {
  readonly services: Services;
  readonly record: RequestRecord;
  private ownLog: Logger | undefined;

  constructor(
    private readonly gate: Gate,
    readonly viewer: Viewer,
    private readonly origin: Origin,
  ) {
    this.services = gate.services;
    this.record = origin.record;
    this.record.viewer = viewer;
  }

  get requestId(): string {
    return this.record.requestId;
  }

  get operationId(): string | null {
    return this.origin.operationId;
  }

  get log(): Logger {
    this.ownLog ??= this.gate.log.child({ requestId: this.requestId });
    return this.ownLog;
  }

  get signal(): AbortSignal {
    return this.origin.signal;
  }
}

/** Why the signals of requests abort. One for all, because an error with a stack of its own takes longer than a query. */
const CLOSED = new Error("The reply was closed.");

/** Makes the context of a plain HTTP request. Its signal aborts when the reply closes. */
export function createHttpContext(
  gate: Gate,
  request: FastifyRequest,
  reply: FastifyReply,
  proof: Pick<Origin, "takesSession" | "viewer">,
): Promise<RequestContext> {
  let signal: AbortSignal | undefined;
  return createContext(gate, {
    headers: request.headers,
    record: recordOf(request),
    operationId: null,
    ...proof,
    // A late one was not let in.
    isLate: false,
    get signal() {
      signal ??= closeOf(reply);
      return signal;
    },
  });
}

/** Returns a signal that aborts when a reply closes, or has aborted if it is closed already. */
function closeOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  if (raw.closed || raw.destroyed) gone.abort(CLOSED);
  else raw.once("close", () => gone.abort(CLOSED));
  return gone.signal;
}

import { setMaxListeners } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type ExecutionArgs, execute, GraphQLError } from "graphql";
import { type Context, handleProtocols, makeServer, type ServerOptions } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import { authorize } from "../../../auth/policy.js";
import { credentialOf } from "../../../auth/viewer.js";
import type { Config } from "../../../config/config.js";
import { createContext, type Gate, type RequestContext } from "../../../edge/context.js";
import { requestIdOf } from "../../../edge/http/record-requests.js";
import { refuseUpgrade, upgradeRefusal } from "../../../edge/http/refuse-upgrade.js";
import { logFailure } from "../../../edge/log-failure.js";
import { toDomainError } from "../../../edge/public-error.js";
import { RequestRecord } from "../../../edge/request-record.js";
import { ConcurrencyLimit } from "../../../features/limits/concurrency-limit.js";
import { limitReached } from "../../../features/limits/limit-refusal.js";
import { type DomainError, type ErrorCode, notFound } from "../../../lib/errors.js";
import { isUuid } from "../../../lib/ids.js";
import type { Intake } from "../../../lib/intake.js";
import type { Events } from "../../../lib/observe/events.js";
import { withCost } from "../asked-cost.js";
import { formatResult } from "../error-formatter.js";
import type { Operations } from "../operations.js";
import { subscribe } from "../streams/subscribe.js";
import { endRecord, OperationsUnderWay } from "./operations-under-way.js";
import { GraphqlSocket } from "./socket.js";

/** A message holds one operation with its variables, images included. It may be as large as the body of a request. */
const MESSAGE_BYTES_MAX = 8 * 1024 * 1024;
/** How many subscriptions and other operations may run at once over one socket. */
const OPERATIONS_PER_SOCKET_MAX = 100;
/** The time in which a new socket must send its credentials, whatever else it sends. */
const INIT_TIMEOUT_MS = 3_000;
/** By the protocol, client libraries do not connect again after 4401 and 4429. After the others they do. */
const CLOSE_CODES: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 4401,
  TEAM_SUSPENDED: 4403,
  RATE_LIMITED: 4429,
};
const CLOSE_CODE_TRY_LATER = 1013;
/** Pongs are sent by GraphqlSocket, which counts them. */
const TRANSPORT = { maxPayload: MESSAGE_BYTES_MAX, perMessageDeflate: false, autoPong: false, handleProtocols };
/** Sockets that have not sent a credential yet, of one address and in all. */
const STRANGERS_OF_ADDRESS_MAX = 1_000;
const STRANGERS_MAX = 4_000;

export interface GraphqlDeps {
  readonly gate: Gate;
  readonly config: Config;
  readonly intake: Intake;
}

type Params = Record<string, unknown>;
/** What we keep for a socket. */
interface Kept {
  readonly socket: GraphqlSocket;
  readonly request: IncomingMessage;
  readonly requestId: string;
  readonly underWay: OperationsUnderWay;
  /** Aborts when the socket closes. */
  readonly gone: AbortController;
  /** Gives back the slot that the socket has: of its client's address, and once its credential is known, of that. */
  leave: () => void;
}
type SocketContext = Context<Params, Kept>;

export interface GraphqlSockets {
  /** How many are open. */
  readonly count: number;
  /** Tells clients to connect again, elsewhere or later, and closes their sockets. */
  close(): Promise<void>;
}

/**
 * Serves graphql-ws on the server's /graphql: queries, mutations and subscriptions over one socket. Answers a refused
 * upgrade with plain HTTP. Closes a socket whose credential is refused with the code of the error.
 */
export function serveSockets(server: Server, operations: Operations, deps: GraphqlDeps): GraphqlSockets {
  const { gate } = deps;
  const sockets = new WebSocketServer({ noServer: true, ...TRANSPORT });
  const protocol = makeServer<Params, Kept>(optionsOf(deps, operations));
  const strangers = strangersLimit(gate.events);
  const open = new Set<GraphqlSocket>();
  const ids = new WeakMap<IncomingMessage, string>();
  sockets.on("headers", (headers, request) => headers.push(`x-request-id: ${ids.get(request)}`));
  const connect = (opened: WebSocket, request: IncomingMessage, requestId: string, leave: () => void) => {
    const onFailure = (error: unknown) => logFailure(gate.log, error, "A socket's message failed.");
    const socket = new GraphqlSocket(opened, request, onFailure);
    const underWay = new OperationsUnderWay(gate, deps.intake, request.headers);
    const gone = new AbortController();
    // Each operation listens to it, and how many there are is limited.
    setMaxListeners(0, gone.signal);
    const kept = { socket, request, requestId, underWay, leave, gone };
    const closed = protocol.opened(socket, kept);
    open.add(socket);
    opened.once("close", (code, reason) => {
      open.delete(socket);
      void closed(code, String(reason));
    });
  };
  server.on("upgrade", (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on("error", () => connection.destroy());
    const path = request.url?.split("?", 1)[0] ?? "";
    const requestId = requestIdOf(request);
    ids.set(request, requestId);
    const refuse = (error: DomainError): void => {
      endRecord(gate, new RequestRecord(requestId, "graphql-ws", "upgrade", request.headers), error);
      refuseUpgrade(connection, requestId, error);
    };
    const refusal = path === "/graphql" ? upgradeRefusal(deps, request) : notFound("socket", path);
    if (refusal) return refuse(refusal);
    try {
      const leave = strangers.take(request.socket.remoteAddress ?? "");
      connection.once("close", leave);
      sockets.handleUpgrade(request, connection, head, (opened) => connect(opened, request, requestId, leave));
    } catch (error) {
      refuse(toDomainError(error));
    }
  });
  return {
    get count() {
      return open.size;
    },
    close: async () => {
      for (const socket of open) socket.close(1001, "Going away");
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

function optionsOf(deps: GraphqlDeps, operations: Operations): ServerOptions<Params, Kept> {
  const { gate } = deps;
  return {
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: async (context) => {
      const { extra } = context;
      const record = new RequestRecord(extra.requestId, "graphql-ws", "connect", extra.request.headers);
      try {
        const { services, viewer } = await contextOf(gate, context, record);
        authorize(viewer, "viewer.read");
        const leave = services.openStreams.take(credentialOf(viewer));
        extra.leave();
        extra.leave = leave;
        if (extra.gone.signal.aborted) leave();
        extra.socket.welcome();
        endRecord(gate, record);
        return true;
      } catch (error) {
        const refusal = toDomainError(error);
        endRecord(gate, record, refusal);
        closeFor(extra.socket, refusal);
        return false;
      }
    },
    onSubscribe: async (context, id, given) => {
      const { socket, underWay } = context.extra;
      const { record, isLate } = underWay.begin(given);
      const prepared = await record.within(async () => {
        try {
          const payload = socket.exactPayload(given);
          if (Object.keys(context.subscriptions).length > OPERATIONS_PER_SOCKET_MAX) throw tooManyOperations(gate);
          return operations.prepare(payload, await contextOf(gate, context, record, { id, isLate }));
        } catch (error) {
          return [new GraphQLError("", { originalError: error as Error })];
        }
      });
      // If the client has left the operation, the protocol tells nobody of its errors.
      if (!("schema" in prepared || id in context.subscriptions)) underWay.refuse(given, prepared, true);
      return prepared;
    },
    subscribe: (args: ExecutionArgs) => recordOf(args).inOperation(() => subscribe(args)),
    execute: (args: ExecutionArgs) => recordOf(args).inOperation(async () => withCost(await execute(args), args)),
    onOperation: ({ extra: { underWay } }, _id, payload, _args, result) => {
      if (Symbol.asyncIterator in result) underWay.subscribed(payload);
    },
    onNext: async ({ extra }, _id, _payload, { contextValue }, result) => {
      await extra.socket.turns.turn();
      return formatResult(result, contextValue as RequestContext);
    },
    onError: ({ extra: { underWay } }, _id, payload, errors) => underWay.refuse(payload, errors),
    onComplete: ({ extra: { underWay }, subscriptions }, id, payload) => underWay.end(payload, !(id in subscriptions)),
    onClose: ({ extra }) => {
      extra.underWay.endAll();
      extra.leave();
      extra.gone.abort();
    },
  };
}

/**
 * Makes the context of an operation. The credential is checked for each one, so that a revoked key is refused from the
 * next one on.
 */
function contextOf(
  gate: Gate,
  socket: SocketContext,
  record: RequestRecord,
  operation?: { readonly id: string; readonly isLate: boolean },
): Promise<RequestContext> {
  return createContext(gate, {
    headers: credentialsOf(socket),
    takesSession: true,
    record,
    operationId: operation && isUuid(operation.id) ? operation.id : null,
    signal: socket.extra.gone.signal,
    isLate: operation?.isLate ?? false,
  });
}

const recordOf = ({ contextValue }: ExecutionArgs): RequestRecord => (contextValue as RequestContext).record;

/**
 * Returns the credentials in connectionParams, by the names of their headers in any case. If there are none, returns
 * those of the upgrade request. Its cookie counts by its Origin alone, because browsers do not agree on the other headers
 * that tell which page opens a socket.
 */
function credentialsOf({ connectionParams, extra }: SocketContext): IncomingHttpHeaders {
  const params = Object.entries(connectionParams ?? {}).filter(([, value]) => typeof value === "string");
  const given = Object.fromEntries(params.map(([name, value]) => [name.toLowerCase(), String(value)]));
  const names = ["authorization", "x-api-key", "x-admin-key"] as const;
  const source: IncomingHttpHeaders = names.some((name) => name in given) ? given : extra.request.headers;
  const { cookie, origin } = extra.request.headers;
  return { ...Object.fromEntries(names.map((name) => [name, source[name]])), cookie, origin };
}

/** Closes a socket with the code and the sentence of an error. A close reason holds at most 123 bytes. */
function closeFor(socket: GraphqlSocket, { code, message }: DomainError): void {
  socket.close(CLOSE_CODES[code] ?? CLOSE_CODE_TRY_LATER, `${code}: ${message}`.slice(0, 120));
}

function tooManyOperations({ events }: Gate): DomainError {
  const [allowed, used] = [OPERATIONS_PER_SOCKET_MAX, OPERATIONS_PER_SOCKET_MAX];
  const message = `A socket takes at most ${allowed} operations at once. Try again when one of them has ended.`;
  return limitReached(events, { limit: "CONCURRENCY", allowed, used, message });
}

const strangersLimit = (events: Events) =>
  new ConcurrencyLimit({
    max: STRANGERS_MAX,
    maxOfHolder: STRANGERS_OF_ADDRESS_MAX,
    refusal: (held) => {
      const allowed = held === undefined ? STRANGERS_MAX : STRANGERS_OF_ADDRESS_MAX;
      const message = "Too many sockets are open that have not sent a credential. Try again later.";
      return limitReached(events, { limit: "CONCURRENCY", allowed, used: held ?? allowed, message });
    },
  });

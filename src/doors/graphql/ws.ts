import type { IncomingHttpHeaders, IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError } from "graphql";
import type { Context, ServerOptions } from "graphql-ws";
import { type Extra as SocketAndRequest, useServer as serveGraphql } from "graphql-ws/use/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { authorize } from "../../auth/policy.js";
import { credentialOf } from "../../auth/viewer.js";
import type { Config } from "../../config/config.js";
import { createContext, type Gate, type RequestContext } from "../../edge/context.js";
import { HEARTBEAT_MS } from "../../edge/http/event-stream.js";
import { refuseUpgrade, upgradeRefusal } from "../../edge/http/refuse-upgrade.js";
import { toDomainError } from "../../edge/public-error.js";
import { DomainError, type ErrorCode, notFound } from "../../lib/errors.js";
import { isUuid, newId } from "../../lib/ids.js";
import type { Intake } from "../../lib/intake.js";
import { formatErrors, formatResult } from "./error-formatter.js";
import { exactPayload, watchLongIntegers } from "./exact-messages.js";
import type { Operations } from "./operations.js";
import { subscribe } from "./subscribe.js";

/** A message holds one operation with its variables, images included. It may be as large as the body of a request. */
const MESSAGE_BYTES_MAX = 8 * 1024 * 1024;
/** How many subscriptions and other operations may run at once over one socket. */
const OPERATIONS_PER_SOCKET_MAX = 100;
/** The time in which a new socket must send its credentials. */
const INIT_TIMEOUT_MS = 10_000;
/** By the protocol, client libraries do not connect again after 4401 and 4429. After the others they do. */
const CLOSE_CODES: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 4401,
  TEAM_SUSPENDED: 4403,
  RATE_LIMITED: 4429,
};
const CLOSE_CODE_TRY_LATER = 1013;

export interface GraphqlDeps {
  readonly gate: Gate;
  readonly config: Config;
  readonly intake: Intake;
}

type Params = Record<string, unknown>;
/** What we keep for a socket, in addition to what the library keeps. */
type Kept = { leave: () => void; gone: AbortController };
type Extra = SocketAndRequest & Partial<Kept>;
type SocketContext = Context<Params, Extra>;

export interface GraphqlSockets {
  /** Tells clients to connect again, elsewhere or later, and closes their sockets. */
  close(): Promise<void>;
}

/**
 * Serves graphql-ws on the server's /graphql: queries, mutations and subscriptions over one socket. Answers a refused
 * upgrade with plain HTTP. Closes a socket whose credential is refused with the code of the error.
 */
export function serveSockets(server: Server, operations: Operations, deps: GraphqlDeps): GraphqlSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX, perMessageDeflate: false });
  watchLongIntegers(sockets);
  const served = serveGraphql<Params, Kept>(
    { ...optionsOf(deps.gate, operations), isProd: true },
    sockets,
    HEARTBEAT_MS,
  );
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const path = request.url?.split("?", 1)[0] ?? "";
    const refusal = path === "/graphql" ? upgradeRefusal(deps, request) : notFound("socket", path);
    if (refusal) refuseUpgrade(socket, refusal);
    else sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened, request));
  });
  return { close: async () => served.dispose() };
}

function optionsOf(gate: Gate, operations: Operations): ServerOptions<Params, Extra> {
  return {
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: async (socket) => {
      try {
        const { services, viewer } = await contextOf(gate, socket, null);
        authorize(viewer, "viewer.read");
        socket.extra.leave = services.openStreams.take(credentialOf(viewer));
        return true;
      } catch (error) {
        closeFor(socket.extra.socket, toDomainError(error));
        return false;
      }
    },
    onSubscribe: async (socket, id, given) => {
      const payload = exactPayload(socket.extra.socket, given);
      try {
        if (Object.keys(socket.subscriptions).length > OPERATIONS_PER_SOCKET_MAX) throw tooManyOperations();
        return operations.prepare(payload, await contextOf(gate, socket, id));
      } catch (error) {
        return [new GraphQLError("", { originalError: error as Error })];
      }
    },
    subscribe,
    onNext: (_socket, _id, _payload, { contextValue }, result) => formatResult(result, contextValue as RequestContext),
    onError: (_socket, _id, _payload, errors) => formatErrors(errors, { log: gate.log, requestId: newId() }),
    onClose: ({ extra }) => {
      extra.leave?.();
      extra.gone?.abort();
    },
  };
}

/**
 * Makes the context of an operation. The credential is checked for each one, so that a revoked key is refused from the
 * next one on.
 */
function contextOf(gate: Gate, socket: SocketContext, operationId: string | null): Promise<RequestContext> {
  socket.extra.gone ??= new AbortController();
  return createContext(gate, {
    headers: credentialsOf(socket),
    requestId: newId(),
    operationId: operationId !== null && isUuid(operationId) ? operationId : null,
    signal: socket.extra.gone.signal,
  });
}

/**
 * Returns the credentials in connectionParams, by the names of their headers in any case. If there are none, returns
 * those of the upgrade request.
 */
function credentialsOf({ connectionParams, extra }: SocketContext): IncomingHttpHeaders {
  const params = Object.entries(connectionParams ?? {}).filter(([, value]) => typeof value === "string");
  const given = Object.fromEntries(params.map(([name, value]) => [name.toLowerCase(), String(value)]));
  const names = ["authorization", "x-admin-key"] as const;
  const source: IncomingHttpHeaders = names.some((name) => name in given) ? given : extra.request.headers;
  return Object.fromEntries(names.map((name) => [name, source[name]]));
}

/** Closes a socket with the code and the sentence of an error. A close reason holds at most 123 bytes. */
function closeFor(socket: WebSocket, { code, message }: DomainError): void {
  socket.close(CLOSE_CODES[code] ?? CLOSE_CODE_TRY_LATER, `${code}: ${message}`.slice(0, 120));
}

const tooManyOperations = () =>
  new DomainError("RATE_LIMITED", `A socket takes at most ${OPERATIONS_PER_SOCKET_MAX} operations at once.`);

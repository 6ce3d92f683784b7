import type { IncomingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../app.js";
import type { Viewer } from "../auth/viewer.js";
import type { Logger } from "../lib/log.js";
import { authenticate } from "./authenticate.js";

/** What every door knows of a request. Made here only. */
export interface RequestContext {
  readonly app: App;
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The client's own id of the operation, where its transport has one that is unique: a UUID over graphql-ws. */
  readonly operationId: string | null;
  readonly log: Logger;
  /** Aborts when the client has gone away. */
  readonly signal: AbortSignal;
}

/** A request, whatever it came by. */
export interface Origin {
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  readonly operationId: string | null;
  readonly signal: AbortSignal;
}

export async function createContext(app: App, { headers, ...origin }: Origin): Promise<RequestContext> {
  const viewer = await authenticate(app, headers);
  return { app, viewer, log: app.log.child({ requestId: origin.requestId }), ...origin };
}

/** The context of a plain HTTP request. */
export function createHttpContext(app: App, request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  return createContext(app, {
    headers: request.headers,
    requestId: request.id,
    operationId: null,
    signal: gone.signal,
  });
}

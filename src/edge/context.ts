import type { FastifyRequest } from "fastify";
import type { App } from "../app.js";
import type { Viewer } from "../auth/viewer.js";
import type { Logger } from "../lib/log.js";
import { authenticate } from "./authenticate.js";

/** What every door knows of a request. Made here only. */
export interface RequestContext {
  readonly app: App;
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly log: Logger;
}

export async function createContext(app: App, request: FastifyRequest): Promise<RequestContext> {
  return {
    app,
    viewer: await authenticate(app, request.headers),
    requestId: request.id,
    log: app.log.child({ requestId: request.id }),
  };
}

import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorize } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import { createHttpContext, type Gate, type RequestContext } from "../context.js";

const CONTEXT = "context";

/**
 * Finds out who is asking before the body of a request is read. Every route of the door needs a key, so that a request
 * without one is refused before its body is received.
 */
export function provideContext(server: FastifyInstance, gate: Gate, takesSession: TakesSession): void {
  makeContext(server, gate, { takesSession, admit: ({ viewer }) => authorize(viewer, "viewer.read") });
}

/** Whether a request may be made with the session of a person. What takes none takes keys only. */
export type TakesSession = (request: FastifyRequest) => boolean;

interface Admission {
  readonly takesSession: TakesSession;
  /** The viewer of a request that proves it in a way of its door's own. Undefined if it does not. */
  readonly proven?: (request: FastifyRequest) => Promise<Viewer | undefined>;
  /** May refuse the request. */
  readonly admit: (context: RequestContext, request: FastifyRequest) => void;
}

/** Makes the context of each request before its body is read. */
export function makeContext(server: FastifyInstance, gate: Gate, admission: Admission): void {
  const { takesSession, admit, proven } = admission;
  server.decorateRequest(CONTEXT, null);
  server.addHook("onRequest", async (request, reply) => {
    const context = await createHttpContext(gate, request, reply, {
      takesSession: takesSession(request),
      viewer: await proven?.(request),
    });
    request.setDecorator(CONTEXT, context);
    admit(context, request);
  });
}

/** Returns the context that was made for a request. */
export const contextOf = (request: FastifyRequest): RequestContext => request.getDecorator(CONTEXT);

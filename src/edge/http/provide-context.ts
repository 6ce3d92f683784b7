import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorize } from "../../auth/policy.js";
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
  /** May refuse the request. */
  readonly admit: (context: RequestContext, request: FastifyRequest) => void;
}

/** Makes the context of each request before its body is read. */
export function makeContext(server: FastifyInstance, gate: Gate, { takesSession, admit }: Admission): void {
  server.decorateRequest(CONTEXT, null);
  server.addHook("onRequest", async (request, reply) => {
    const context = await createHttpContext(gate, request, reply, takesSession(request));
    request.setDecorator(CONTEXT, context);
    admit(context, request);
  });
}

/** Returns the context that was made for a request. */
export const contextOf = (request: FastifyRequest): RequestContext => request.getDecorator(CONTEXT);

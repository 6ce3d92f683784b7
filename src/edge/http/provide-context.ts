import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorize } from "../../auth/policy.js";
import { createHttpContext, type Gate, type RequestContext } from "../context.js";

const CONTEXT = "context";

/**
 * Finds out who is asking before the body of a request is read. Every route of the door needs a key, so that a request
 * without one is refused before its body is received.
 */
export function provideContext(server: FastifyInstance, gate: Gate): void {
  server.decorateRequest(CONTEXT, null);
  server.addHook("onRequest", async (request, reply) => {
    const context = await createHttpContext(gate, request, reply);
    request.setDecorator(CONTEXT, context);
    authorize(context.viewer, "viewer.read");
  });
}

/** Returns the context that `provideContext` made for a request. */
export const contextOf = (request: FastifyRequest): RequestContext => request.getDecorator(CONTEXT);

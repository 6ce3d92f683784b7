import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorize } from "../../auth/policy.js";
import { createHttpContext, type Gate, type RequestContext } from "../context.js";

const CONTEXT = "context";

/**
 * Finds out who is asking before anything of a request is read. Every route of this door needs a key, so that one
 * without is refused before its body is received.
 */
export function provideContext(server: FastifyInstance, gate: Gate): void {
  server.decorateRequest(CONTEXT, null);
  server.addHook("onRequest", async (request, reply) => {
    const context = await createHttpContext(gate, request, reply);
    request.setDecorator(CONTEXT, context);
    authorize(context.viewer, "viewer.read");
  });
}

export const contextOf = (request: FastifyRequest): RequestContext => request.getDecorator(CONTEXT);

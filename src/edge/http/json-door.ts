import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { notFound } from "../../lib/errors.js";
import type { Gate } from "../context.js";
import { compileValidator } from "./bodies/compile-validator.js";
import { readJsonOnly } from "./bodies/json-body.js";
import { provideContext, type TakesSession } from "./provide-context.js";

type SendError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

interface JsonDoor {
  readonly sendError: SendError;
  readonly takesSession: TakesSession;
}

/**
 * Begins a door that speaks JSON. It takes only JSON, refuses requests without a key, and answers errors in its own
 * shape.
 */
export function jsonDoor(server: FastifyInstance, gate: Gate, { sendError, takesSession }: JsonDoor): void {
  server.setErrorHandler(sendError);
  server.setNotFoundHandler((request, reply) => sendError(notFound("page", request.url), request, reply));
  server.setValidatorCompiler(compileValidator);
  readJsonOnly(server);
  provideContext(server, gate, takesSession);
}

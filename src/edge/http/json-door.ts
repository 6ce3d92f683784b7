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
  /** Whether it answers for the paths below its prefix that have no route. Otherwise another door does. */
  readonly hasOwnPaths?: boolean;
}

/**
 * Begins a door that speaks JSON. It takes only JSON, refuses requests without a key, and answers errors in its own
 * shape.
 */
export function jsonDoor(
  server: FastifyInstance,
  gate: Gate,
  { sendError, takesSession, hasOwnPaths = true }: JsonDoor,
): void {
  server.setErrorHandler(sendError);
  if (hasOwnPaths)
    server.setNotFoundHandler((request, reply) => sendError(notFound("page", request.url), request, reply));
  server.setValidatorCompiler(compileValidator);
  readJsonOnly(server);
  provideContext(server, gate, takesSession);
}

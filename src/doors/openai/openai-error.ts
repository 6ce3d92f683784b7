import type { FastifyReply, FastifyRequest } from "fastify";
import type { Fault, FieldPath } from "../../edge/http/bodies/faults.js";
import { pathText } from "../../input/path-text.js";
import { DomainError } from "../../lib/errors.js";
import { chatStatusOf, errorBody } from "../chat/chat-error.js";
import { prepareRefusal } from "../chat/prepare-refusal.js";

/** Answers an error in OpenAI's shape. */
export function sendOpenAiError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { refusal, fault } = prepareRefusal(error, request, reply, invalidField);
  return reply.code(chatStatusOf(refusal)).send(errorBody(refusal, fault ? nameOf(fault.loc) : null));
}

/** An error that has a code of OpenAI's own has OpenAI's sentence, too. */
function invalidField({ loc, msg }: Fault, error: unknown): DomainError {
  if (error instanceof DomainError && error.data.openAiCode !== undefined) return error;
  const name = nameOf(loc);
  return new DomainError("INVALID_INPUT", name === null ? msg : `${name} ${msg}`);
}

/** Names a field as OpenAI does, such as "messages[0].role". Returns null for the body itself. */
const nameOf = ([, ...path]: FieldPath): string | null => pathText(path) || null;

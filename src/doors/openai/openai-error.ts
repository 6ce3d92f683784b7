import type { FastifyReply, FastifyRequest } from "fastify";
import { faultsOf } from "../../edge/http/bodies/faults.js";
import { refusalOf, setErrorHeaders } from "../../edge/http/http-error.js";
import { recordOf } from "../../edge/http/record-requests.js";
import { toDomainError } from "../../edge/public-error.js";
import { DomainError } from "../../lib/errors.js";
import { chatStatusOf, errorBody } from "../chat/chat-error.js";
import { isWorthRetrying } from "../chat/is-worth-retrying.js";

/**
 * Answers an error in OpenAI's shape. The SDKs repeat a request after 409 and 5xx unless `x-should-retry` is "false".
 */
export function sendOpenAiError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [fault] = faultsOf(error, request) ?? [];
  const refusal = fault ? invalidField(fault, error) : (refusalOf(error) ?? toDomainError(error));
  const { code } = refusal;
  setErrorHeaders(reply, refusal);
  recordOf(request).fail(code, refusal.data);
  if (code === "INTERNAL") request.log.error({ err: error }, "A request failed.");
  if (!isWorthRetrying(code)) reply.header("x-should-retry", "false");
  const param = fault ? nameOf(fault.loc) : null;
  return reply.code(chatStatusOf(refusal)).send(errorBody(refusal, param));
}

/** An error that has a code of OpenAI's own has OpenAI's sentence, too. */
function invalidField({ loc, msg }: { loc: readonly (string | number)[]; msg: string }, error: unknown): DomainError {
  if (error instanceof DomainError && error.data.openAiCode !== undefined) return error;
  const name = nameOf(loc);
  return new DomainError("INVALID_INPUT", name === null ? msg : `${name} ${msg}`);
}

/** Names a field as OpenAI does, such as "messages[0].role". Returns null for the body itself. */
function nameOf([, ...path]: readonly (string | number)[]): string | null {
  if (path.length === 0) return null;
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}

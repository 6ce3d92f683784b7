import type { FastifyReply, FastifyRequest } from "fastify";
import { refusalOf, setErrorHeaders } from "../../edge/http/http-error.js";
import { recordOf } from "../../edge/http/record-requests.js";
import { logFailure } from "../../edge/log-failure.js";
import { toDomainError } from "../../edge/public-error.js";
import { type DomainError, ERRORS } from "../../lib/errors.js";
import { errorFields } from "./error-fields.js";

/** JSON-RPC's codes for what is refused before a tool is called. The last one is for whatever a server defines. */
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const REFUSED = -32000;

/**
 * Answers a refusal that concerns the whole request: no valid key, a suspended team, a body that is no JSON. It is an error
 * of JSON-RPC with the HTTP status of the error table, and names no request, because none was read.
 */
export function sendMcpError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error) ?? toDomainError(error);
  const { code, message, data } = refusal;
  const status = refusal.status === ERRORS.INVALID_INPUT.status ? 400 : refusal.status;
  setErrorHeaders(reply, refusal);
  recordOf(request).fail(code, data);
  if (status >= 500) logFailure(request.log, error, "A request failed.");
  if (status === 401) reply.header("www-authenticate", challengeOf(request));
  const body = { code: numberOf(refusal), message, data: { ...errorFields(refusal), request_id: request.id } };
  return reply.code(status).send({ jsonrpc: "2.0", id: null, error: body });
}

const numberOf = ({ status }: Pick<DomainError, "status">): number => {
  if (status === 400) return PARSE_ERROR;
  return status === ERRORS.INVALID_INPUT.status ? INVALID_REQUEST : REFUSED;
};

/** RFC 6750: a request without any credential is only told which kind is wanted. */
const challengeOf = ({ headers }: FastifyRequest): string =>
  headers.authorization === undefined
    ? 'Bearer realm="tollgate"'
    : 'Bearer realm="tollgate", error="invalid_token", error_description="The key is unknown, expired or revoked."';

import type { FastifyReply, FastifyRequest } from "fastify";
import { refusalOf, setErrorHeaders } from "../../edge/http/http-error.js";
import { recordOf } from "../../edge/http/record-requests.js";
import { logFailure } from "../../edge/log-failure.js";
import { toDomainError } from "../../edge/public-error.js";
import { errorFields } from "./error-fields.js";

/** JSON-RPC's codes for what is refused before a tool is called. The last one is for whatever a server defines. */
const PARSE_ERROR = -32700;
const REFUSED = -32000;

/**
 * Answers a refusal that concerns the whole request: no valid key, a suspended team, a body that is no JSON. It is an error
 * of JSON-RPC with the HTTP status of the error table, and names no request, because none was read.
 */
export function sendMcpError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error) ?? toDomainError(error);
  const { code, status, message, data } = refusal;
  setErrorHeaders(reply, refusal);
  recordOf(request).fail(code, data);
  if (status >= 500) logFailure(request.log, error, "A request failed.");
  if (status === 401) reply.header("www-authenticate", challengeOf(request));
  const number = status === 400 ? PARSE_ERROR : REFUSED;
  const body = { code: number, message, data: { ...errorFields(refusal), request_id: request.id } };
  return reply.code(status).send({ jsonrpc: "2.0", id: null, error: body });
}

/** RFC 6750: a request without any credential is only told which kind is wanted. */
const challengeOf = ({ headers }: FastifyRequest): string =>
  headers.authorization === undefined
    ? 'Bearer realm="tollgate"'
    : 'Bearer realm="tollgate", error="invalid_token", error_description="The key is unknown, expired or revoked."';

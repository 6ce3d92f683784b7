import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { contextOf } from "../../../edge/http/provide-context.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { UnknownFields } from "../../../features/calls/log/call-event.js";
import type { JsonEndpoint } from "../../../features/calls/question/json-call.input.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { setAnswerHeaders } from "../../chat/answer-headers.js";
import { beginPlainCall } from "../../chat/begin-plain-call.js";
import { setCallHeaders } from "../../chat/call-headers.js";
import { CONTRACTS, type JsonBody, toJsonInput } from "./json-body.js";
import { completionShape, embeddingsShape, moderationShape } from "./result-shapes.js";

type JsonCallRequest = FastifyRequest<{ Body: JsonBody }>;

/** The questions of OpenAI's API that are no chats. */
export function jsonCallRoutes(server: FastifyInstance): void {
  server.post<{ Body: JsonBody }>("/embeddings", optionsOf("embeddings"), (request, reply) =>
    answer(request, reply, "embeddings", embeddingsShape),
  );
  server.post<{ Body: JsonBody }>("/completions", optionsOf("completions"), (request, reply) =>
    answer(request, reply, "completions", completionShape),
  );
  server.post<{ Body: JsonBody }>("/moderations", optionsOf("moderations"), (request, reply) =>
    answer(request, reply, "moderations", moderationShape),
  );
}

function optionsOf(endpoint: JsonEndpoint) {
  const body = CONTRACTS[endpoint];
  return { schema: { body: body.schema }, config: { body } };
}

type Shape = (result: UnknownFields, call: LlmCallRow, body: JsonBody) => object;

async function answer(
  request: JsonCallRequest,
  reply: FastifyReply,
  endpoint: JsonEndpoint,
  shape: Shape,
): Promise<string> {
  const context = contextOf(request);
  const { services, viewer, signal } = context;
  const begun = await beginPlainCall(request, reply, toJsonInput(endpoint, request.body, request));
  // They stay if the answer is an error.
  setCallHeaders(reply, begun);
  const { call, result } = await services.results.whole(viewer, begun.id, signal);
  await setAnswerHeaders(context, reply, call);
  reply.type("application/json; charset=utf-8");
  return stringifyExact(shape(result ?? {}, call, request.body));
}

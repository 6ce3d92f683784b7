import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { contextOf } from "../../../edge/http/provide-context.js";
import { holdingBytes } from "../../../edge/http/readers/unread-answers.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { UnknownFields } from "../../../features/calls/log/call-event.js";
import type { JsonEndpoint } from "../../../features/calls/question/json-call.input.js";
import { bytesOfVectors } from "../../../features/embeddings/vectors.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import { setAnswerHeaders } from "../../chat/answer-headers.js";
import { beginCall } from "../../chat/begin-call.js";
import { setCallHeaders } from "../../chat/call-headers.js";
import { errorBody } from "../../chat/chat-error.js";
import { sendCallFrames } from "../../chat/streams/send-call-frames.js";
import { completionFrames } from "./completion-frames.js";
import { CONTRACTS, type JsonBody, toJsonInput } from "./json-body.js";
import { completionShape, embeddingsText, moderationShape } from "./result-shapes.js";

type JsonCallRequest = FastifyRequest<{ Body: JsonBody }>;

/** The questions of OpenAI's API that are no chats. */
export function jsonCallRoutes(server: FastifyInstance): void {
  server.post<{ Body: JsonBody }>("/embeddings", optionsOf("embeddings"), (request, reply) =>
    answer(request, reply, "embeddings", embeddingsText),
  );
  server.post<{ Body: JsonBody }>("/completions", optionsOf("completions"), (request, reply) =>
    request.body.stream === true
      ? streamCompletion(request, reply)
      : answer(request, reply, "completions", inOnePiece(completionShape)),
  );
  server.post<{ Body: JsonBody }>("/moderations", optionsOf("moderations"), (request, reply) =>
    answer(request, reply, "moderations", inOnePiece(moderationShape)),
  );
}

function optionsOf(endpoint: JsonEndpoint) {
  const body = CONTRACTS[endpoint];
  return { schema: { body: body.schema }, config: { body } };
}

/** Writes an answer, in pieces if it may be long. */
type Writing = (result: UnknownFields, call: LlmCallRow, body: JsonBody) => Iterator<string, void, undefined>;

const inOnePiece = (shape: (result: UnknownFields, call: LlmCallRow) => object): Writing =>
  function* (result, call) {
    yield stringifyExact(shape(result, call));
  };

async function answer(
  request: JsonCallRequest,
  reply: FastifyReply,
  endpoint: JsonEndpoint,
  written: Writing,
): Promise<string | Readable> {
  const context = contextOf(request);
  const { services, viewer, signal } = context;
  const begun = await beginCall(request, reply, toJsonInput(endpoint, request.body, request), "plain");
  // They stay if the answer is an error.
  setCallHeaders(reply, begun);
  const { call, result } = await services.results.whole(viewer, begun.id, signal);
  await setAnswerHeaders(context, reply, call);
  reply.type("application/json; charset=utf-8");
  const text = inTurns(written(result ?? {}, call, request.body));
  return typeof text === "string" ? text : holdingBytes(text, bytesOfVectors(result ?? {}));
}

/** Answers with a stream. A request with the same Idempotency-Key gets it from the start. */
async function streamCompletion(request: JsonCallRequest, reply: FastifyReply): Promise<void> {
  const { stream_options: options } = request.body;
  await sendCallFrames(contextOf(request), reply, {
    open: async () => beginCall(request, reply, toJsonInput("completions", request.body, request), "streamed"),
    after: 0,
    encode: (call) => ({
      frames: (events) => completionFrames(events, call, isObject(options) && options.include_usage === true),
      lastWords: (error) => `data: ${JSON.stringify(errorBody(error))}\n\n`,
    }),
  });
}

/** One piece is sent as it is. Between several, others have their turn. */
function inTurns(pieces: Iterator<string, void, undefined>): string | Readable {
  const [first, second] = [pieces.next(), pieces.next()];
  if (first.done || second.done) return first.value ?? "";
  return Readable.from(withTurns(first.value + second.value, pieces), { objectMode: false });
}

async function* withTurns(begun: string, rest: Iterator<string, void, undefined>): AsyncGenerator<string> {
  yield begun;
  for (let piece = rest.next(); !piece.done; piece = rest.next()) {
    yield piece.value;
    await nextTurn();
  }
}

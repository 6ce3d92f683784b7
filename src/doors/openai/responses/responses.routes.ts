import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { contextOf } from "../../../edge/http/provide-context.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { setAnswerHeaders } from "../../chat/answer-headers.js";
import { beginCall } from "../../chat/begin-call.js";
import { sendCallFrames } from "../../chat/streams/send-call-frames.js";
import { askedResponse } from "./asked-response.js";
import { compactRoutes } from "./compaction/compact.routes.js";
import { readConversation } from "./conversation.js";
import { type ResponseBody, requireSupported, responseContract } from "./input/response-body.js";
import { placed, toQuestion } from "./input/response-question.js";
import { keptResponseRoutes } from "./kept-responses.routes.js";
import { lastFrames, responseFrames } from "./output/response-frames.js";
import { ResponseWriter } from "./output/response-writer.js";

type ResponseRequest = FastifyRequest<{ Body: ResponseBody }>;

/** /v1/responses, as OpenAI's SDKs know it. */
export function responsesRoutes(server: FastifyInstance): void {
  server.post<{ Body: ResponseBody }>(
    "/responses",
    { schema: { body: responseContract.schema }, config: { body: responseContract } },
    (request, reply) => (request.body.stream ? stream(request, reply) : complete(request, reply)),
  );
  compactRoutes(server);
  keptResponseRoutes(server);
}

async function begin(request: ResponseRequest, reply: FastifyReply): Promise<LlmCallRow> {
  const context = contextOf(request);
  const { services, viewer } = context;
  const { body } = request;
  requireSupported(body);
  const { items, own, previousId } = await readConversation(context, body);
  const { input: question, places } = toQuestion(body, items, request);
  const asked = askedResponse(body);
  const kept = asked.store ? await services.responses.toKeep(viewer, { previousId, input: own, asked }) : null;
  const input = Object.assign(question, { kept });
  try {
    return await beginCall(request, reply, input, body.stream ? "streamed" : "plain");
  } catch (error) {
    throw placed(error, places);
  }
}

/** Answers with the whole response. It is put together from the events of its call, as a stream is. */
async function complete(request: ResponseRequest, reply: FastifyReply): Promise<string> {
  const context = contextOf(request);
  const { services, viewer, signal } = context;
  const begun = await begin(request, reply);
  const writer = new ResponseWriter(begun, askedResponse(request.body));
  for (const event of await services.callFollower.whole(viewer, begun.id, signal)) for (const _ of writer.take(event));
  const call = writer.ended ?? (await services.calls.get(viewer, begun.id));
  await setAnswerHeaders(context, reply, call);
  reply.type("application/json; charset=utf-8");
  return stringifyExact(writer.response(call));
}

/**
 * Answers with a stream of a response's events. A request with the same Idempotency-Key gets all of them again: a client
 * cannot make anything of a stream that does not begin with `response.created`.
 */
async function stream(request: ResponseRequest, reply: FastifyReply): Promise<void> {
  const asked = askedResponse(request.body);
  await sendCallFrames(contextOf(request), reply, {
    open: () => begin(request, reply),
    after: 0,
    encode: (call) => {
      const writer = new ResponseWriter(call, asked);
      return {
        frames: (events) => responseFrames(events, writer),
        lastWords: (error) => lastFrames(writer, error),
      };
    },
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { contextOf } from "../../../edge/http/provide-context.js";
import type { EndedCall } from "../../../features/calls/log/call-row.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { sendCallFrames } from "../../chat/send-call-frames.js";
import { setAnswerHeaders } from "../answer-headers.js";
import { askedResponse } from "./asked-response.js";
import { type ResponseBody, responseContract } from "./response-body.js";
import { lastFrames, responseFrames } from "./response-frames.js";
import { itemsOf, placed, toQuestion } from "./response-question.js";
import { ResponseWriter } from "./response-writer.js";

type ResponseRequest = FastifyRequest<{ Body: ResponseBody }>;

/** /v1/responses, as OpenAI's SDKs know it. */
export function responsesRoutes(server: FastifyInstance): void {
  server.post<{ Body: ResponseBody }>(
    "/responses",
    { schema: { body: responseContract.schema }, config: { body: responseContract } },
    (request, reply) => (request.body.stream ? stream(request, reply) : complete(request, reply)),
  );
}

async function begin(request: ResponseRequest, delivery: "plain" | "streamed") {
  const { services, viewer, record } = contextOf(request);
  const items = itemsOf(request.body).map((item, index) => ({ item, field: `items[${index}]` }));
  const { input, places } = toQuestion(request.body, items, request);
  try {
    return await services.calls.begin(viewer, input, delivery, { limitSink: record });
  } catch (error) {
    throw placed(error, places);
  }
}

/** Answers with the whole response. It is put together from the events of its call, as a stream is. */
async function complete(request: ResponseRequest, reply: FastifyReply): Promise<string> {
  const context = contextOf(request);
  const { services, viewer, signal } = context;
  const begun = await begin(request, "plain");
  const writer = new ResponseWriter(begun, askedResponse(request.body));
  let call: EndedCall = begun;
  for (const event of await services.callFollower.whole(viewer, begun.id, signal)) {
    for (const _ of writer.take(event));
    if (event.type === "finished") call = event.call;
  }
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
    open: () => begin(request, "streamed"),
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

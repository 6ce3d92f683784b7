import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { contextOf } from "../../../edge/http/provide-context.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { Response } from "../../../features/responses/response.service.js";
import { invalid } from "../../../input/validate.js";
import { DomainError, notFound, toErrorCode } from "../../../lib/errors.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import { setCallHeaders } from "../../chat/call-headers.js";
import { sendCallFrames } from "../../chat/streams/send-call-frames.js";
import type { AskedResponse } from "./asked-response.js";
import { inputItemsOf } from "./kept-items.js";
import { lastFrames, responseFrames } from "./output/response-frames.js";
import { ResponseWriter } from "./output/response-writer.js";
import { callIdOf } from "./response-ids.js";

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 100;

interface OfResponse {
  readonly Params: { readonly id: string };
  readonly Querystring: Readonly<Record<string, string | string[] | undefined>>;
}
type KeptRequest = FastifyRequest<OfResponse>;

/** What a team can do with the responses that are kept. */
export function keptResponseRoutes(server: FastifyInstance): void {
  server.get<OfResponse>("/responses/:id", async (request, reply) =>
    request.query.stream === "true" ? stream(request, reply) : retrieve(request, reply),
  );
  server.delete<OfResponse>("/responses/:id", async (request) => {
    const { services, viewer } = contextOf(request);
    await found(request, (callId) => services.responses.delete(viewer, callId));
    return { id: request.params.id, object: "response", deleted: true };
  });
  server.post<OfResponse>("/responses/:id/cancel", async (request, reply) => {
    const { services, viewer } = contextOf(request);
    const { call } = await keptOf(request);
    await services.calls.cancel(viewer, call.id);
    return retrieve(request, reply);
  });
  server.get<OfResponse>("/responses/:id/input_items", async (request) =>
    inputItems(await keptOf(request), request.query),
  );
}

function keptOf(request: KeptRequest): Promise<Response> {
  const { services, viewer } = contextOf(request);
  return found(request, (callId) => services.responses.get(viewer, callId));
}

/** Does something with the response of a request. If it is not there, the error names the client's own id. */
async function found<Result>(
  { params: { id } }: KeptRequest,
  act: (callId: string) => Promise<Result>,
): Promise<Result> {
  const callId = callIdOf(id);
  if (callId === undefined) throw notFound("response", id);
  try {
    return await act(callId);
  } catch (error) {
    throw error instanceof DomainError && error.code === "NOT_FOUND" ? notFound("response", id) : error;
  }
}

/** Answers with a response as it stands. One that is still being answered has no output yet. */
async function retrieve(request: KeptRequest, reply: FastifyReply): Promise<string> {
  const { services, viewer, signal } = contextOf(request);
  const { call, asked } = await keptOf(request);
  const writer = new ResponseWriter(call, asked as AskedResponse);
  if (call.status !== "RUNNING")
    for (const event of await services.callFollower.whole(viewer, call.id, signal)) for (const _ of writer.take(event));
  setCallHeaders(reply, call);
  reply.type("application/json; charset=utf-8");
  return stringifyExact(writer.response(call, errorOf(call)));
}

function errorOf({ status, errorCode, errorMessage, errorData }: LlmCallRow): DomainError | undefined {
  if (status !== "FAILED") return undefined;
  return new DomainError(toErrorCode(errorCode), errorMessage ?? undefined, isObject(errorData) ? errorData : {});
}

/** Answers with the events of a response, all from the first. OpenAI's client passes over those that it has. */
async function stream(request: KeptRequest, reply: FastifyReply): Promise<void> {
  const context = contextOf(request);
  const { starting_after: after } = request.query;
  if (after !== undefined && after !== "0")
    throw invalid("starting_after", "must be left out, because a response is told from its first event", after);
  const { call, asked } = await keptOf(request);
  await sendCallFrames(context, reply, {
    open: async () => call,
    after: 0,
    encode: () => {
      const writer = new ResponseWriter(call, asked as AskedResponse);
      return {
        frames: (events) => responseFrames(events, writer),
        lastWords: (error) => lastFrames(writer, error),
      };
    },
  });
}

/** A page of the items of a response's own input, the newest first unless the client asks for the other order. */
function inputItems(response: Response, query: OfResponse["Querystring"]): object {
  const { order = "desc", after, limit = String(LIMIT_DEFAULT) } = query;
  if (order !== "asc" && order !== "desc") throw invalid("order", 'must be "asc" or "desc"', order);
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > LIMIT_MAX)
    throw invalid("limit", `must be a whole number from 1 to ${LIMIT_MAX}`, limit);
  const items = order === "asc" ? inputItemsOf(response) : inputItemsOf(response).reverse();
  const begin = after === undefined ? 0 : items.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && begin === 0) throw invalid("after", "must be the id of an item", after);
  const data = items.slice(begin, begin + count);
  return {
    object: "list",
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: begin + count < items.length,
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Gate } from "../../edge/context.js";
import { jsonDoor } from "../../edge/http/json-door.js";
import { contextOf } from "../../edge/http/provide-context.js";
import { answerWholeCall } from "../chat/answer-whole-call.js";
import { beginCall } from "../chat/begin-call.js";
import { lastEventIdOf } from "../chat/streams/last-event-id.js";
import { sendCallStream } from "../chat/streams/send-call-stream.js";
import { type ChatBody, chatContract, toInput } from "./chat-body.js";
import { jsonCallRoutes } from "./json/json-calls.routes.js";
import { keyedJobRoutes } from "./keyed-jobs.routes.js";
import { endInFunctions, inFunctions, usesFunctions } from "./older-functions.js";
import { sendOpenAiError } from "./openai-error.js";
import { completionShape, modelShape } from "./openai-shapes.js";
import { responsesRoutes } from "./responses/responses.routes.js";

const MODELS_MAX = 100;

/**
 * The OpenAI door: /v1 as OpenAI's SDKs know it. A model is one of our model groups. The API key is a team's virtual
 * key.
 */
export async function openAiDoor(server: FastifyInstance, { gate }: { readonly gate: Gate }): Promise<void> {
  await server.register(routes, { gate, prefix: "/v1" });
}

async function routes(server: FastifyInstance, { gate }: { gate: Gate }): Promise<void> {
  jsonDoor(server, gate, { sendError: sendOpenAiError, takesSession: () => false });

  server.get("/models", async (request) => {
    const groups = await gate.services.modelGroups.list(contextOf(request).viewer, { first: MODELS_MAX });
    return { object: "list", data: groups.rows.map(modelShape) };
  });

  // A model's name may have slashes, and SDKs differ in whether they escape them.
  server.get<{ Params: { "*": string } }>("/models/*", async (request) =>
    modelShape(await gate.services.modelGroups.get(contextOf(request).viewer, request.params["*"])),
  );

  keyedJobRoutes(server);

  server.post<{ Body: ChatBody }>(
    "/chat/completions",
    { schema: { body: chatContract.schema }, config: { body: chatContract } },
    (request, reply) => (request.body.stream ? stream(request, reply) : complete(request, reply)),
  );

  jsonCallRoutes(server);
  responsesRoutes(server);
}

type ChatRequest = FastifyRequest<{ Body: ChatBody }>;

async function complete(request: ChatRequest, reply: FastifyReply): Promise<string> {
  const isOlder = usesFunctions(request.body);
  return answerWholeCall(request, reply, toInput(request.body, request), (call, events) =>
    completionShape(isOlder ? endInFunctions(call) : call, events),
  );
}

/**
 * Answers with a stream. OpenAI's own chunks have no `id:`, and its Python client takes a blank line after one for an
 * event. So a chunk has its number only if the client asks for it, by `x-tollgate-resume: on` or by the id of the last
 * event that it has. A request with the same Idempotency-Key goes on after that event.
 */
async function stream(request: ChatRequest, reply: FastifyReply): Promise<void> {
  const context = contextOf(request);
  const { headers, body } = request;
  await sendCallStream(context, reply, {
    open: async () => beginCall(request, reply, toInput(body, request), "streamed"),
    after: headers["idempotency-key"] === undefined ? 0 : lastEventIdOf(headers),
    includesUsage: body.stream_options?.include_usage === true,
    ...(usesFunctions(body) && { inWords: inFunctions }),
    isNumbered: headers["last-event-id"] !== undefined || headers["x-tollgate-resume"] === "on",
  });
}

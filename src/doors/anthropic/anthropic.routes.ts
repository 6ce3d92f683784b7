import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Gate } from "../../edge/context.js";
import { jsonDoor } from "../../edge/http/json-door.js";
import { contextOf } from "../../edge/http/provide-context.js";
import { answerWholeCall } from "../chat/answer-whole-call.js";
import { beginCall } from "../chat/begin-call.js";
import { sendCallFrames } from "../chat/streams/send-call-frames.js";
import { frameOf, messageFrames } from "./answer/message-frames.js";
import { messageShape } from "./answer/message-shape.js";
import { errorBody, sendAnthropicError } from "./anthropic-error.js";
import { type ModelQuery, modelListShape, modelShape } from "./models.shapes.js";
import { apiVersionOf } from "./request/api-version.js";
import { callOfBody, questionOfBody } from "./request/call-of-body.js";
import type { MessagesBody } from "./request/messages-body.js";
import { countContract, messagesContract } from "./request/messages-contract.js";

const MODELS_MAX = 100;
type Strategy = Parameters<FastifyInstance["addConstraintStrategy"]>[0];

/** Requests with the header `anthropic-version` take the routes of Anthropic's where OpenAI's have the same path. */
const NAMES_A_VERSION: Strategy = {
  name: "anthropicVersion",
  mustMatchWhenDerived: false,
  deriveConstraint: ({ headers }) => (headers["anthropic-version"] === undefined ? undefined : "any"),
  storage: () => {
    const handlers = new Map<unknown, Parameters<ReturnType<Strategy["storage"]>["set"]>[1]>();
    return {
      get: (value) => handlers.get(value) ?? null,
      set: (value, handler) => void handlers.set(value, handler),
    };
  },
  validate: () => undefined,
};
const OF_ANTHROPIC = { constraints: { anthropicVersion: "any" } };

/**
 * The Anthropic door: /v1/messages as Anthropic's SDKs know it, whose base address is that of the gateway. A model is one
 * of our model groups. The key is a team's virtual key. It shares /v1/models with OpenAI's door: a request that names a
 * version of Anthropic's API gets Anthropic's models.
 */
export async function anthropicDoor(server: FastifyInstance, { gate }: { readonly gate: Gate }): Promise<void> {
  server.addConstraintStrategy(NAMES_A_VERSION);
  await server.register(messages, { gate, prefix: "/v1/messages" });
  await server.register(models, { gate, prefix: "/v1/models" });
}

async function messages(server: FastifyInstance, { gate }: { gate: Gate }): Promise<void> {
  open(server, gate, true);
  server.post<{ Body: MessagesBody }>(
    "/",
    { schema: { body: messagesContract.schema }, config: { body: messagesContract } },
    (request, reply) => (request.body.stream ? stream(request, reply) : complete(request, reply)),
  );
  server.post<{ Body: MessagesBody }>(
    "/count_tokens",
    { schema: { body: countContract.schema }, config: { body: countContract } },
    async (request) => {
      const { services, viewer, record } = contextOf(request);
      return { input_tokens: await services.tokenCounts.count(viewer, questionOfBody(request), record) };
    },
  );
}

async function models(server: FastifyInstance, { gate }: { gate: Gate }): Promise<void> {
  open(server, gate, false);
  server.get<{ Querystring: ModelQuery }>("/", OF_ANTHROPIC, async (request) => {
    const groups = await gate.services.modelGroups.list(contextOf(request).viewer, { first: MODELS_MAX });
    return modelListShape(groups.rows, request.query);
  });
  server.get<{ Params: { "*": string } }>("/*", OF_ANTHROPIC, async (request) =>
    modelShape(await gate.services.modelGroups.get(contextOf(request).viewer, request.params["*"])),
  );
}

function open(server: FastifyInstance, gate: Gate, hasOwnPaths: boolean): void {
  server.addHook("onRequest", async (request, reply) => void reply.header("request-id", request.id));
  jsonDoor(server, gate, { sendError: sendAnthropicError, takesSession: () => false, hasOwnPaths });
  server.addHook("preValidation", async (request) => void apiVersionOf(request));
}

type MessagesRequest = FastifyRequest<{ Body: MessagesBody }>;

async function complete(request: MessagesRequest, reply: FastifyReply): Promise<string> {
  return answerWholeCall(request, reply, callOfBody(request), messageShape);
}

/** Answers with a stream. Its events have no numbers, so the same Idempotency-Key gets it from the start. */
async function stream(request: MessagesRequest, reply: FastifyReply): Promise<void> {
  const context = contextOf(request);
  await sendCallFrames(context, reply, {
    open: async () => beginCall(request, reply, callOfBody(request), "streamed"),
    encode: (call) => ({
      frames: (events) => messageFrames(events, call),
      lastWords: (error) => frameOf(errorBody(error, request.id)),
    }),
  });
}

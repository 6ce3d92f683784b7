import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../../config/config.js";
import type { Gate } from "../../edge/context.js";
import { jsonDoor } from "../../edge/http/json-door.js";
import { contextOf } from "../../edge/http/provide-context.js";
import { shownCost } from "../../features/budgets/shown-cost.js";
import type { EndedCall } from "../../features/calls/log/call-row.js";
import { loadCosts } from "../../features/jobs/costs/job-costs.loader.js";
import { stringifyExact } from "../../lib/json/exact-json.js";
import { beginPlainCall } from "../chat/begin-plain-call.js";
import { setCallHeaders } from "../chat/call-headers.js";
import { lastEventIdOf } from "../chat/last-event-id.js";
import { requireSucceeded } from "../chat/require-succeeded.js";
import { sendCallStream } from "../chat/send-call-stream.js";
import { type ChatBody, chatContract, toInput } from "./chat-body.js";
import { keyedJobRoutes } from "./keyed-jobs.routes.js";
import { endInFunctions, inFunctions, usesFunctions } from "./older-functions.js";
import { openAiDocument } from "./openai-document.js";
import { sendOpenAiError } from "./openai-error.js";
import { completionShape, modelShape } from "./openai-shapes.js";

const MODELS_MAX = 100;

interface OpenAiDeps {
  readonly gate: Gate;
  readonly config: Config;
}

/**
 * The OpenAI door: /v1 as OpenAI's SDKs know it. A model is one of our model groups. The API key is a team's virtual
 * key. If introspection is on, /docs describes it by /docs/v1.json.
 */
export async function openAiDoor(server: FastifyInstance, { gate, config }: OpenAiDeps): Promise<void> {
  await server.register(routes, { gate, prefix: "/v1" });
  if (config.introspection) server.get("/docs/v1.json", async () => openAiDocument);
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
}

type ChatRequest = FastifyRequest<{ Body: ChatBody }>;

/**
 * Answers with the whole answer of a call. It is gathered from the call's events, because the row of a call lacks the
 * upstream's other fields.
 */
async function complete(request: ChatRequest, reply: FastifyReply): Promise<string> {
  const context = contextOf(request);
  const { services, viewer, signal } = context;
  const { id } = await beginPlainCall(request, reply, await toInput(request.body, request));
  const seen = await services.callFollower.whole(viewer, id, signal);
  const last = seen.at(-1);
  const call: EndedCall = last?.type === "finished" ? last.call : await services.calls.get(viewer, id);
  setCallHeaders(reply, call);
  requireSucceeded(call);
  const creditsRemaining =
    call.creditsRemaining ?? (await loadCosts(context, await services.jobs.get(viewer, call.jobId))).creditsRemaining;
  reply.header("x-tollgate-credits-remaining", String(creditsRemaining));
  if (call.costNanoUsd !== null)
    reply.header("x-tollgate-cost-usd", shownCost(viewer, call.costNanoUsd, call.markupMillionths));
  reply.type("application/json; charset=utf-8");
  const isOlder = usesFunctions(request.body);
  return stringifyExact(completionShape(isOlder ? endInFunctions(call) : call, seen));
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
    open: async () =>
      context.services.calls.begin(context.viewer, await toInput(body, request), "streamed", {
        limitSink: context.record,
      }),
    after: headers["idempotency-key"] === undefined ? 0 : lastEventIdOf(headers),
    includesUsage: body.stream_options?.include_usage === true,
    ...(usesFunctions(body) && { inWords: inFunctions }),
    isNumbered: headers["last-event-id"] !== undefined || headers["x-tollgate-resume"] === "on",
  });
}

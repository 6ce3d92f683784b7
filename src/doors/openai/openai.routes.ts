import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { credentialOf } from "../../auth/viewer.js";
import type { Gate } from "../../edge/context.js";
import { compileValidator } from "../../edge/http/compile-validator.js";
import { sendEventStream } from "../../edge/http/event-stream.js";
import { readJsonOnly } from "../../edge/http/json-body.js";
import { contextOf, provideContext } from "../../edge/http/provide-context.js";
import type { LlmCallRow } from "../../features/calls/call.service.js";
import type { CallEvent } from "../../features/calls/log/call-event.js";
import { loadCosts } from "../../features/jobs/job-costs.loader.js";
import { notFound } from "../../lib/errors.js";
import { formatUsd } from "../../lib/money.js";
import { chatFrames } from "../chat/chat-frames.js";
import { requireSucceeded } from "../chat/require-succeeded.js";
import { type ChatBody, chatContract, toInput } from "./chat-body.js";
import { sendOpenAiError } from "./openai-error.js";
import { completionShape, modelShape } from "./openai-shapes.js";

const MODELS_MAX = 100;

/** The OpenAI door: /v1 as OpenAI's SDKs know it. A model is a model group, the API key a team's virtual key. */
export async function openAiDoor(server: FastifyInstance, { gate }: { gate: Gate }): Promise<void> {
  await server.register(routes, { gate, prefix: "/v1" });
}

async function routes(server: FastifyInstance, { gate }: { gate: Gate }): Promise<void> {
  server.setErrorHandler(sendOpenAiError);
  server.setNotFoundHandler((request, reply) => sendOpenAiError(notFound("page", request.url), request, reply));
  server.setValidatorCompiler(compileValidator);
  readJsonOnly(server);
  provideContext(server, gate);

  server.get("/models", async (request) => {
    const groups = await gate.services.modelGroups.list(contextOf(request).viewer, { first: MODELS_MAX });
    return { object: "list", data: groups.rows.map(modelShape) };
  });

  server.get<{ Params: { model: string } }>("/models/:model", async (request) =>
    modelShape(await gate.services.modelGroups.get(contextOf(request).viewer, request.params.model)),
  );

  server.post<{ Body: ChatBody }>(
    "/chat/completions",
    { schema: { body: chatContract.schema }, config: { body: chatContract } },
    (request, reply) => (request.body.stream ? stream(request, reply) : complete(request, reply)),
  );
}

type ChatRequest = FastifyRequest<{ Body: ChatBody }>;

/** One whole answer. It is gathered from the call's events, since its row does not hold what an upstream sent beside it. */
async function complete(request: ChatRequest, reply: FastifyReply): Promise<object> {
  const context = contextOf(request);
  const { services, viewer, signal } = context;
  const { id } = await services.calls.begin(viewer, toInput(request.body, request), "plain");
  const events = await services.callFollower.followWhole(viewer, id, 0);
  signal.addEventListener("abort", () => void events.return(), { once: true });
  const seen: CallEvent[] = [];
  for await (const event of events) seen.push(event);
  const last = seen.at(-1);
  const call = last?.type === "finished" ? last.call : await services.calls.get(viewer, id);
  nameCall(reply, call);
  requireSucceeded(call);
  const { creditsRemaining } = await loadCosts(context, await services.jobs.get(viewer, call.jobId));
  reply.header("x-tollgate-credits-remaining", String(creditsRemaining));
  if (call.costNanoUsd !== null) reply.header("x-tollgate-cost-usd", formatUsd(call.costNanoUsd));
  return completionShape(call, seen);
}

async function stream(request: ChatRequest, reply: FastifyReply): Promise<void> {
  const { services, viewer, signal } = contextOf(request);
  const leave = services.openStreams.take(credentialOf(viewer));
  reply.raw.once("close", leave);
  const call = await services.calls.begin(viewer, toInput(request.body, request), "streamed");
  const events = await services.callFollower.followWhole(viewer, call.id, 0);
  signal.addEventListener("abort", () => void events.return(), { once: true });
  nameCall(reply, call);
  const includesUsage = request.body.stream_options?.include_usage === true;
  const options = { model: call.model ?? call.modelGroup, createdAt: call.createdAt, includesUsage };
  await sendEventStream(reply, chatFrames(events, options));
}

function nameCall(reply: FastifyReply, call: LlmCallRow): void {
  reply.headers({ "x-tollgate-call-id": call.id, "x-job-id": call.jobId });
}

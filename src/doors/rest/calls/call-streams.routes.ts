import type { FastifyInstance, FastifyReply } from "fastify";
import { credentialOf } from "../../../auth/viewer.js";
import type { RequestContext } from "../../../edge/context.js";
import { sendEventStream } from "../../../edge/http/event-stream.js";
import { text } from "../../../edge/http/json-schema.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import { invalid } from "../../../input/validate.js";
import { notFound } from "../../../lib/errors.js";
import { chatFrames } from "../../chat/chat-frames.js";
import { Routes } from "../route.js";
import { llmCall, singleCall } from "./call-body.js";

const EVENTS = text(
  "Server-sent events: OpenAI's chat.completion.chunk objects, the last with the usage, then [DONE]. An error is a last event {error: {message, type, code}} without [DONE]. The call's id is in the header x-tollgate-call-id; each event's id is for Last-Event-ID.",
);

/** Calls as server-sent events. */
export async function callStreamRoutes(server: FastifyInstance): Promise<void> {
  const routes = new Routes(server, "Calls");

  routes.on(
    "POST /jobs/:job_id/llm-call-stream",
    {
      name: "streamLlmCall",
      summary:
        "Make a call in a job and stream its answer. It is cancelled when its client goes away and nobody takes its stream up again.",
      body: llmCall,
      answer: EVENTS,
    },
    async (context, { params, body, reply, idempotencyKey }) => {
      const input = llmCall.toInput(body, { jobId: params.job_id, idempotencyKey });
      await send(context, reply, await context.services.calls.begin(context.viewer, input, "streamed"));
    },
  );

  routes.on(
    "POST /jobs/create-and-call-stream",
    {
      name: "createJobAndStreamCall",
      summary: "Open a job, stream its only call, and end it with that. The job's id is in the header x-job-id.",
      body: singleCall,
      answer: EVENTS,
    },
    async (context, { body, reply, idempotencyKey }) => {
      const input = singleCall.toInput(body, { idempotencyKey });
      await send(context, reply, await context.services.calls.begin(context.viewer, input, "streamed"));
    },
  );

  routes.on(
    "GET /jobs/:job_id/calls/:call_id/stream",
    {
      name: "llmCallEvents",
      summary:
        "Follow a call of a job, running or over. With the header Last-Event-ID it goes on after that event; an event with replaces: true is in place of all that came before.",
      answer: EVENTS,
    },
    async (context, { params, headers, reply }) => {
      const call = await context.services.calls.get(context.viewer, params.call_id);
      if (call.jobId !== params.job_id) throw notFound("call", params.call_id);
      await send(context, reply, call, placeOf(headers["last-event-id"]));
    },
  );
}

async function send(
  { services, viewer, signal }: RequestContext,
  reply: FastifyReply,
  call: LlmCallRow,
  after = 0,
): Promise<void> {
  const leave = services.openStreams.take(credentialOf(viewer));
  reply.raw.once("close", leave);
  const events = await services.callFollower.followWhole(viewer, call.id, after);
  signal.addEventListener("abort", () => void events.return(), { once: true });
  reply.headers({ "x-tollgate-call-id": call.id, "x-job-id": call.jobId });
  const options = { model: call.model ?? call.modelGroup, createdAt: call.createdAt, includesUsage: true };
  await sendEventStream(reply, chatFrames(events, options));
}

function placeOf(lastEventId: string | string[] | undefined): number {
  const given = lastEventId?.toString() ?? "0";
  if (!/^\d{1,10}$/.test(given)) throw invalid("Last-Event-ID", "must be the id of an event", given);
  return Number(given);
}

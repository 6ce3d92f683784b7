import type { FastifyInstance } from "fastify";
import { text } from "../../../edge/http/json-schema.js";
import { invalid } from "../../../input/validate.js";
import { notFound } from "../../../lib/errors.js";
import { sendCallStream } from "../../chat/send-call-stream.js";
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
      const open = () => context.services.calls.startStreamed(context.viewer, input, null);
      await sendCallStream(context, reply, { open, includesUsage: true });
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
      const open = () => context.services.calls.startStreamed(context.viewer, input, null);
      await sendCallStream(context, reply, { open, includesUsage: true });
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
      const open = async () => {
        const call = await context.services.calls.get(context.viewer, params.call_id);
        if (call.jobId !== params.job_id) throw notFound("call", params.call_id);
        return call;
      };
      const after = positionOf(headers["last-event-id"]);
      await sendCallStream(context, reply, { open, after, includesUsage: true });
    },
  );
}

/** The number of the event after which a client goes on. */
function positionOf(lastEventId: string | string[] | undefined): number {
  const given = lastEventId?.toString() ?? "0";
  if (!/^\d{1,10}$/.test(given)) throw invalid("Last-Event-ID", "must be the id of an event", given);
  return Number(given);
}

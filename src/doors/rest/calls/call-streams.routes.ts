import type { FastifyInstance } from "fastify";
import { notFound } from "../../../lib/errors.js";
import { lastEventIdOf } from "../../chat/streams/last-event-id.js";
import { sendCallStream } from "../../chat/streams/send-call-stream.js";
import { CALL_IDS, IDEMPOTENCY_KEY, LAST_EVENT_ID, LIMITS } from "../headers.js";
import { Routes } from "../route.js";
import { llmCall, singleCall } from "./call-body.js";
import { ChatChunk, ChatError, EventStream } from "./call-stream.shapes.js";

/** Calls as server-sent events. */
export function callStreamRoutes(server: FastifyInstance): void {
  server.addSchema(ChatChunk);
  server.addSchema(ChatError);
  const routes = new Routes(server, "Calls");

  routes.on(
    "POST /jobs/:job_id/llm-call-stream",
    {
      name: "streamLlmCall",
      summary: "Makes a call in a job and streams its answer.",
      description:
        "The call is cancelled if its client goes away and nobody follows it within 5 seconds, unless the gateway is configured otherwise.",
      headers: IDEMPOTENCY_KEY,
      body: llmCall,
      answer: EventStream,
      answerHeaders: { ...CALL_IDS, ...LIMITS },
    },
    async (context, { params, body, reply, idempotencyKey }) => {
      const input = llmCall.toInput(body, { jobId: params.job_id, idempotencyKey });
      const open = () => context.services.calls.begin(context.viewer, input, "streamed", { limitSink: context.record });
      await sendCallStream(context, reply, { open, includesUsage: true, isNumbered: true });
    },
  );

  routes.on(
    "POST /jobs/create-and-call-stream",
    {
      name: "createJobAndStreamCall",
      summary: "Opens a job, streams its only call, and ends the job.",
      description: "The job's id is in the header x-job-id.",
      headers: IDEMPOTENCY_KEY,
      body: singleCall,
      answer: EventStream,
      answerHeaders: { ...CALL_IDS, ...LIMITS },
    },
    async (context, { body, reply, idempotencyKey }) => {
      const input = singleCall.toInput(body, { idempotencyKey });
      const open = () => context.services.calls.begin(context.viewer, input, "streamed", { limitSink: context.record });
      await sendCallStream(context, reply, { open, includesUsage: true, isNumbered: true });
    },
  );

  routes.on(
    "GET /jobs/:job_id/calls/:call_id/stream",
    {
      name: "llmCallEvents",
      summary: "Follows a call of a job, whether it is running or over.",
      description: "Without the header Last-Event-ID, the stream begins at the start of the call.",
      headers: LAST_EVENT_ID,
      answer: EventStream,
      answerHeaders: CALL_IDS,
    },
    async (context, { params, headers, reply }) => {
      const open = async () => {
        const call = await context.services.calls.get(context.viewer, params.call_id);
        if (call.jobId !== params.job_id) throw notFound("call", params.call_id);
        return call;
      };
      const after = lastEventIdOf(headers);
      await sendCallStream(context, reply, { open, after, includesUsage: true, isNumbered: true });
    },
  );
}

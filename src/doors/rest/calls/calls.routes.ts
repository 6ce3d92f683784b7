import type { FastifyInstance, FastifyReply } from "fastify";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import { loadCosts } from "../../../features/jobs/costs/job-costs.loader.js";
import { setCallHeaders } from "../../chat/call-headers.js";
import { requireSucceeded } from "../../chat/require-succeeded.js";
import { CALL_IDS, IDEMPOTENCY_KEY, LIMITS } from "../headers.js";
import { Routes } from "../route.js";
import { Call, callShape, SingleCall, singleCallShape } from "./call.shapes.js";
import { llmCall, singleCall } from "./call-body.js";

export function callRoutes(server: FastifyInstance): void {
  const routes = new Routes(server, "Calls");

  routes.on(
    "POST /jobs/:job_id/llm-call",
    {
      name: "runLlmCall",
      summary: "Makes a call in a job and waits for its answer.",
      description:
        "The call goes on if the client goes away. If the call fails, the answer is the error that ended it.",
      headers: IDEMPOTENCY_KEY,
      body: llmCall,
      answer: Call,
      answerHeaders: { ...CALL_IDS, ...LIMITS },
    },
    async ({ services, viewer, signal, record }, { params, body, reply, idempotencyKey }) => {
      const call = await services.calls.run(
        viewer,
        llmCall.toInput(body, { jobId: params.job_id, idempotencyKey }),
        signal,
        record,
      );
      return callShape(succeeded(call, reply));
    },
  );

  routes.on(
    "POST /jobs/create-and-call",
    {
      name: "createJobAndCall",
      summary: "Opens a job, makes its only call, and ends the job.",
      description:
        'The job ends as "completed" if the call succeeds, and takes its credit. Otherwise it ends as "failed", which is free.',
      headers: IDEMPOTENCY_KEY,
      body: singleCall,
      answer: SingleCall,
      answerHeaders: { ...CALL_IDS, ...LIMITS },
    },
    async (context, { body, reply, idempotencyKey }) => {
      const { services, viewer, signal, record } = context;
      const call = succeeded(
        await services.calls.run(viewer, singleCall.toInput(body, { idempotencyKey }), signal, record),
        reply,
      );
      const job = await services.jobs.get(viewer, call.jobId);
      return singleCallShape(call, job, await loadCosts(context, job));
    },
  );
}

/** Returns the call if it succeeded; otherwise throws its error. The headers tell its ids in both cases. */
function succeeded(call: LlmCallRow, reply: FastifyReply): LlmCallRow {
  setCallHeaders(reply, call);
  requireSucceeded(call);
  return call;
}

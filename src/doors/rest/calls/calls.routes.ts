import type { FastifyInstance, FastifyReply } from "fastify";
import { ref } from "../../../edge/http/json-schema.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import { loadCosts } from "../../../features/jobs/job.loader.js";
import { setCallHeaders } from "../../chat/call-headers.js";
import { requireSucceeded } from "../../chat/require-succeeded.js";
import { Routes } from "../route.js";
import { callShape, singleCallShape } from "../shapes.js";
import { llmCall, singleCall } from "./call-body.js";

export async function callRoutes(server: FastifyInstance): Promise<void> {
  const routes = new Routes(server, "Calls");

  routes.on(
    "POST /jobs/:job_id/llm-call",
    {
      name: "runLlmCall",
      summary:
        "Make a call in a job and wait for its answer. It goes on when the client goes away. A call that fails answers with what ended it. Sent twice without an Idempotency-Key header, it calls twice.",
      body: llmCall,
      answer: ref("Call"),
    },
    async ({ services, viewer, signal }, { params, body, reply, idempotencyKey }) => {
      const call = await services.calls.run(
        viewer,
        llmCall.toInput(body, { jobId: params.job_id, idempotencyKey }),
        signal,
      );
      return callShape(succeeded(call, reply));
    },
  );

  routes.on(
    "POST /jobs/create-and-call",
    {
      name: "createJobAndCall",
      summary:
        "Open a job, make its only call, and end it: completed if the call succeeds, else failed, which is free.",
      body: singleCall,
      answer: ref("SingleCall"),
    },
    async (context, { body, reply, idempotencyKey }) => {
      const { services, viewer, signal } = context;
      const call = succeeded(
        await services.calls.run(viewer, singleCall.toInput(body, { idempotencyKey }), signal),
        reply,
      );
      const job = await services.jobs.get(viewer, call.jobId);
      return singleCallShape(call, job, await loadCosts(context, job));
    },
  );
}

/** The call, whose ids are told in the headers even if it did not succeed. */
function succeeded(call: LlmCallRow, reply: FastifyReply): LlmCallRow {
  setCallHeaders(reply, call);
  requireSucceeded(call);
  return call;
}

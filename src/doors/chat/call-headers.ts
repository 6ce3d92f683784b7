import type { FastifyReply } from "fastify";
import { setLimitHeaders } from "../../edge/http/limit-headers.js";
import { recordOf } from "../../edge/http/record-requests.js";
import type { LlmCallRow } from "../../features/calls/call.service.js";

/** Tells the ids of a call and of its job, and where its limits stand, in the headers of an answer. They stay if the answer turns into an error. */
export function setCallHeaders(reply: FastifyReply, call: LlmCallRow): void {
  const { id, jobId } = recordOf(reply.request).ofCall(call);
  reply.headers({ "x-tollgate-call-id": id, "x-job-id": jobId });
  setLimitHeaders(reply);
}

import type { FastifyReply } from "fastify";
import type { LlmCallRow } from "../../features/calls/call.service.js";

/** Tells the ids of a call and of its job in the headers of an answer. They stay if the answer turns into an error. */
export function setCallHeaders(reply: FastifyReply, { id, jobId }: LlmCallRow): void {
  reply.headers({ "x-tollgate-call-id": id, "x-job-id": jobId });
}

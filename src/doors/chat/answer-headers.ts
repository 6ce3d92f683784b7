import type { FastifyReply } from "fastify";
import type { RequestContext } from "../../edge/context.js";
import { shownCost } from "../../features/budgets/shown-cost.js";
import type { EndedCall } from "../../features/calls/log/call-row.js";
import { loadCosts } from "../../features/jobs/costs/job-costs.loader.js";
import { setCallHeaders } from "./call-headers.js";
import { requireSucceeded } from "./require-succeeded.js";

/**
 * Tells in headers which call answers, what it has cost, and how many credits its team has left. Throws the error that
 * ended the call, with the headers that name it.
 */
export async function setAnswerHeaders(context: RequestContext, reply: FastifyReply, call: EndedCall): Promise<void> {
  const { services, viewer } = context;
  setCallHeaders(reply, call);
  requireSucceeded(call);
  const creditsRemaining =
    call.creditsRemaining ?? (await loadCosts(context, await services.jobs.get(viewer, call.jobId))).creditsRemaining;
  reply.header("x-tollgate-credits-remaining", String(creditsRemaining));
  if (call.costNanoUsd !== null)
    reply.header("x-tollgate-cost-usd", shownCost(viewer, call.costNanoUsd, call.markupMillionths));
}

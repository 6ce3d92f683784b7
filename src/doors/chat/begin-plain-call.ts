import type { FastifyReply, FastifyRequest } from "fastify";
import { contextOf } from "../../edge/http/provide-context.js";
import type { LlmCallRow } from "../../features/calls/call.service.js";
import type { AnyCallInput } from "../../features/calls/check-call.js";

/** How often a request was sent before. The SDKs of OpenAI and Anthropic say it. */
const REPEATS = "x-stainless-retry-count";

/**
 * Makes a call whose request gets one plain answer. If the connection breaks before the client has the answer, that is
 * noted, because the SDKs of OpenAI and Anthropic then repeat the request, and a repeat must not buy a second call. A
 * request with an idempotency key needs none of this.
 */
export async function beginPlainCall(
  request: FastifyRequest,
  reply: FastifyReply,
  input: AnyCallInput,
): Promise<LlmCallRow> {
  const { services, viewer, record, log } = contextOf(request);
  const { calls, lostAnswers } = services;
  const asking = { limitSink: record };
  const repeats = request.headers[REPEATS];
  if (repeats === undefined || input.idempotencyKey != null) return calls.begin(viewer, input, "plain", asking);
  const lost = repeats === "0" ? null : await lostAnswers.take(viewer, input);
  const call = lost ?? (await calls.begin(viewer, input, "plain", asking));
  const noteIfLost = (): void => {
    if (reply.raw.writableFinished) return;
    void lostAnswers.note(viewer, input, call.id).catch((error) => {
      log.warn({ err: error, callId: call.id }, "A lost answer could not be noted.");
    });
  };
  if (reply.raw.closed) noteIfLost();
  else reply.raw.once("close", noteIfLost);
  return call;
}

import type { FastifyReply, FastifyRequest } from "fastify";
import { contextOf } from "../../edge/http/provide-context.js";
import type { LlmCallRow } from "../../features/calls/call.service.js";
import type { AnyCallInput } from "../../features/calls/check-call.js";

/** How often a request was sent before. The SDKs of OpenAI and Anthropic say it. */
const REPEATS = "x-stainless-retry-count";

/**
 * Makes the call of a request. If the connection breaks before the client has its plain answer, or the first of its
 * stream, that is noted, because the SDKs of OpenAI and Anthropic then repeat the request, and a repeat must not buy a
 * second call. A request with an idempotency key needs none of this.
 */
export async function beginCall(
  request: FastifyRequest,
  reply: FastifyReply,
  input: AnyCallInput,
  delivery: "plain" | "streamed",
): Promise<LlmCallRow> {
  const { services, viewer, record, log } = contextOf(request);
  const { calls, lostAnswers } = services;
  const begin = () => calls.begin(viewer, input, delivery, { limitSink: record });
  const repeats = request.headers[REPEATS];
  if (repeats === undefined || input.idempotencyKey != null) return begin();
  const call = (repeats === "0" ? null : await lostAnswers.take(viewer, input)) ?? (await begin());
  const noteIfLost = (): void => {
    const { headersSent, writableFinished } = reply.raw;
    // SDKs do not repeat a stream that has begun.
    if (delivery === "streamed" ? headersSent : writableFinished) return;
    void lostAnswers.note(viewer, input, call.id).catch((error) => {
      log.warn({ err: error, callId: call.id }, "A lost answer could not be noted.");
    });
  };
  if (reply.raw.closed) noteIfLost();
  else reply.raw.once("close", noteIfLost);
  return call;
}

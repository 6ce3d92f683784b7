import type { FastifyReply, FastifyRequest } from "fastify";
import { contextOf } from "../../edge/http/provide-context.js";
import type { CallEvent } from "../../features/calls/log/call-event.js";
import type { EndedCall } from "../../features/calls/log/call-row.js";
import type { LlmCallInput } from "../../features/calls/question/call.input.js";
import { stringifyExact } from "../../lib/json/exact-json.js";
import { setAnswerHeaders } from "./answer-headers.js";
import { beginCall } from "./begin-call.js";

/**
 * Makes a call, and answers with the whole of it in the shape of the door. It is gathered from the call's events, because
 * the row of a call lacks the upstream's other fields. Throws the error that ended the call.
 */
export async function answerWholeCall(
  request: FastifyRequest,
  reply: FastifyReply,
  input: LlmCallInput,
  shape: (call: EndedCall, events: readonly CallEvent[]) => object,
): Promise<string> {
  const context = contextOf(request);
  const { services, viewer, signal } = context;
  const { id } = await beginCall(request, reply, input, "plain");
  const seen = await services.callFollower.whole(viewer, id, signal);
  const last = seen.at(-1);
  const call: EndedCall = last?.type === "finished" ? last.call : await services.calls.get(viewer, id);
  await setAnswerHeaders(context, reply, call);
  reply.type("application/json; charset=utf-8");
  return stringifyExact(shape(call, seen));
}

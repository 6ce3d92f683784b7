import type { FastifyReply } from "fastify";
import type { RequestContext } from "../../edge/context.js";
import { holdSlot, sendEventStream } from "../../edge/http/event-stream.js";
import { toDomainError } from "../../edge/public-error.js";
import type { LlmCallRow } from "../../features/calls/call.service.js";
import type { CallEvent } from "../../features/calls/log/call-event.js";
import { leaveOn } from "../../lib/async/abortable.js";
import { setCallHeaders } from "./call-headers.js";
import { errorBody } from "./chat-error.js";
import { type ChunkOptions, chatFrames } from "./chat-frames.js";

interface CallStream extends Pick<ChunkOptions, "includesUsage" | "isNumbered"> {
  /** Makes the call, or finds one that exists. */
  readonly open: () => Promise<LlmCallRow>;
  /** The number of the last event that the client has; 0 if it has none. */
  readonly after?: number;
  /** Says an event in the client's words. An event for which they have none is left out. */
  readonly inWords?: (event: CallEvent) => CallEvent[];
}

/**
 * Answers with a call as an event stream. The stream takes its slot first, so that a client with too many open streams
 * is refused before it buys a call that it could not read. If the client goes away, the slot is free again. If the call
 * fails before the client has something of its answer, this throws the error for the door to answer. After that the
 * error is the last event of the stream.
 */
export async function sendCallStream(
  context: RequestContext,
  reply: FastifyReply,
  { open, after = 0, inWords, ...manner }: CallStream,
): Promise<void> {
  const { services, viewer, signal, log, record } = context;
  holdSlot(services.openStreams, context);
  const call = await open();
  const events = await services.callFollower.followWhole(viewer, call.id, after);
  leaveOn(signal, () => events.return());
  setCallHeaders(reply, call);
  const options = { ...manner, model: call.model ?? call.modelGroup, createdAt: call.createdAt };
  const lastWords = (error: unknown): string => {
    const shown = toDomainError(error);
    record.fail(shown.code);
    if (shown.code === "INTERNAL") log.error({ err: error, callId: call.id }, "A stream failed.");
    return `data: ${JSON.stringify(errorBody(shown))}\n\n`;
  };
  await sendEventStream(reply, { frames: chatFrames(inWords ? said(events, inWords) : events, options), lastWords });
}

async function* said(events: AsyncIterable<CallEvent>, inWords: (event: CallEvent) => CallEvent[]) {
  for await (const event of events) yield* inWords(event);
}

import type { FastifyReply } from "fastify";
import type { RequestContext } from "../../../edge/context.js";
import { type Frame, holdSlot, sendEventStream } from "../../../edge/http/event-stream.js";
import { toDomainError } from "../../../edge/public-error.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { CallEvent } from "../../../features/calls/log/call-event.js";
import { leaveOn } from "../../../lib/async/abortable.js";
import type { DomainError } from "../../../lib/errors.js";
import { setCallHeaders } from "../call-headers.js";

/** How a door writes what a call says. */
interface FramesOfCall {
  frames(events: AsyncIterable<CallEvent>): AsyncIterable<Frame>;
  /** The last frame of a stream that breaks off. */
  lastWords(error: DomainError): string;
}

interface CallFrames {
  /** Makes the call, or finds one that exists. */
  readonly open: () => Promise<LlmCallRow>;
  /** The number of the last event that the client has; 0 if it has none. */
  readonly after?: number;
  readonly encode: (call: LlmCallRow) => FramesOfCall;
}

/**
 * Answers with a call as an event stream. The stream takes its slot first, so that a client with too many open streams
 * is refused before it buys a call that it could not read. If the client goes away, the slot is free again. If the call
 * fails before the client has something of its answer, this throws the error for the door to answer. After that the
 * error is the last event of the stream.
 */
export async function sendCallFrames(
  context: RequestContext,
  reply: FastifyReply,
  { open, after = 0, encode }: CallFrames,
): Promise<void> {
  const { services, viewer, signal, log, record } = context;
  holdSlot(services.openStreams, context);
  const call = await open();
  const events = await services.callFollower.followWhole(viewer, call.id, after);
  leaveOn(signal, () => events.return());
  setCallHeaders(reply, call);
  const encoder = encode(call);
  const lastWords = (error: unknown): string => {
    const shown = toDomainError(error);
    record.fail(shown.code);
    if (shown.code === "INTERNAL") log.error({ err: error, callId: call.id }, "A stream failed.");
    return encoder.lastWords(shown);
  };
  await sendEventStream(reply, { frames: encoder.frames(events), lastWords });
}

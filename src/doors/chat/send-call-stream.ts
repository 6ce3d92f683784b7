import type { FastifyReply } from "fastify";
import type { RequestContext } from "../../edge/context.js";
import { holdSlot, sendEventStream } from "../../edge/http/event-stream.js";
import type { LlmCallRow } from "../../features/calls/call.service.js";
import { leaveOn } from "../../lib/abortable.js";
import { setCallHeaders } from "./call-headers.js";
import { chatFrames } from "./chat-frames.js";

interface CallStream {
  /** Makes the call, or finds one that exists. */
  readonly open: () => Promise<LlmCallRow>;
  /** The number of the last event that the client has; 0 if it has none. */
  readonly after?: number;
  /** Whether the stream tells the usage of the call before it ends. */
  readonly includesUsage: boolean;
}

/**
 * Answers with a call as an event stream. The stream takes its slot first, so that a client with too many open streams
 * is refused before it buys a call that it could not read. If the client goes away, the slot is free again.
 */
export async function sendCallStream(
  context: RequestContext,
  reply: FastifyReply,
  { open, after = 0, includesUsage }: CallStream,
): Promise<void> {
  const { services, viewer, signal } = context;
  holdSlot(services.openStreams, context);
  const call = await open();
  const events = await services.callFollower.followWhole(viewer, call.id, after);
  leaveOn(signal, () => events.return());
  setCallHeaders(reply, call);
  const options = { model: call.model ?? call.modelGroup, createdAt: call.createdAt, includesUsage };
  await sendEventStream(reply, chatFrames(events, options));
}

import type { FastifyReply } from "fastify";
import type { RequestContext } from "../../edge/context.js";
import type { LlmCallRow } from "../../features/calls/call.service.js";
import { errorBody } from "./chat-error.js";
import { type ChunkOptions, chatFrames } from "./chat-frames.js";
import { sendCallEvents } from "./send-call-events.js";

interface CallStream extends Pick<ChunkOptions, "includesUsage" | "isNumbered"> {
  /** Makes the call, or finds one that exists. */
  readonly open: () => Promise<LlmCallRow>;
  /** The number of the last event that the client has; 0 if it has none. */
  readonly after?: number;
}

/** Answers with a call as an event stream in OpenAI's format. What `sendCallEvents` says holds for it. */
export async function sendCallStream(
  context: RequestContext,
  reply: FastifyReply,
  { open, after = 0, ...manner }: CallStream,
): Promise<void> {
  await sendCallEvents(context, reply, {
    open,
    after,
    frames: (events, { model, modelGroup, createdAt }) =>
      chatFrames(events, { ...manner, model: model ?? modelGroup, createdAt }),
    lastWords: (error) => `data: ${JSON.stringify(errorBody(error))}\n\n`,
  });
}

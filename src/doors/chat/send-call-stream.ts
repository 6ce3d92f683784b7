import type { FastifyReply } from "fastify";
import type { RequestContext } from "../../edge/context.js";
import type { LlmCallRow } from "../../features/calls/call.service.js";
import { errorBody } from "./chat-error.js";
import { type ChunkOptions, chatFrames } from "./chat-frames.js";
import { sendCallFrames } from "./send-call-frames.js";

interface CallStream extends Pick<ChunkOptions, "includesUsage" | "isNumbered"> {
  /** Makes the call, or finds one that exists. */
  readonly open: () => Promise<LlmCallRow>;
  /** The number of the last event that the client has; 0 if it has none. */
  readonly after?: number;
}

/** Answers with a call as a stream of OpenAI's chunks: see `sendCallFrames`. */
export async function sendCallStream(
  context: RequestContext,
  reply: FastifyReply,
  { open, after = 0, ...manner }: CallStream,
): Promise<void> {
  await sendCallFrames(context, reply, {
    open,
    after,
    encode: ({ model, modelGroup, createdAt }) => ({
      frames: (events) => chatFrames(events, { ...manner, model: model ?? modelGroup, createdAt }),
      lastWords: (error) => `data: ${JSON.stringify(errorBody(error))}\n\n`,
    }),
  });
}

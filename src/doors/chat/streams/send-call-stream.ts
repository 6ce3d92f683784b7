import type { FastifyReply } from "fastify";
import type { RequestContext } from "../../../edge/context.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { CallEvent } from "../../../features/calls/log/call-event.js";
import { errorBody } from "../chat-error.js";
import { type ChunkOptions, chatFrames } from "./chat-frames.js";
import { sendCallFrames } from "./send-call-frames.js";

interface CallStream extends Pick<ChunkOptions, "includesUsage" | "isNumbered"> {
  /** Makes the call, or finds one that exists. */
  readonly open: () => Promise<LlmCallRow>;
  /** The number of the last event that the client has; 0 if it has none. */
  readonly after?: number;
  /** Says an event in the client's words. An event for which they have none is left out. */
  readonly inWords?: (event: CallEvent) => CallEvent[];
}

/** Answers with a call as a stream of OpenAI's chunks: see `sendCallFrames`. */
export async function sendCallStream(
  context: RequestContext,
  reply: FastifyReply,
  { open, after = 0, inWords, ...manner }: CallStream,
): Promise<void> {
  await sendCallFrames(context, reply, {
    open,
    after,
    encode: ({ model, modelGroup, createdAt }) => ({
      frames: (events) =>
        chatFrames(inWords ? said(events, inWords) : events, { ...manner, model: model ?? modelGroup, createdAt }),
      lastWords: (error) => `data: ${JSON.stringify(errorBody(error))}\n\n`,
    }),
  });
}

async function* said(events: AsyncIterable<CallEvent>, inWords: (event: CallEvent) => CallEvent[]) {
  for await (const event of events) yield* inWords(event);
}

import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import { credentialOf } from "../../auth/viewer.js";
import { leaveOn } from "../../lib/abortable.js";
import type { RequestContext } from "../context.js";

/** Nothing else tells either side of a quiet stream that the other one is gone. */
export const HEARTBEAT_MS = 12_000;

/**
 * Sends frames as server-sent events, in the pace in which the client takes them, and ends. The frames are left when the
 * client goes away. Headers that were set on the reply are sent too.
 */
export async function sendEventStream(reply: FastifyReply, frames: AsyncIterable<string>): Promise<void> {
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
  });
  const heartbeat = setInterval(() => raw.write(":\n\n"), HEARTBEAT_MS);
  try {
    for await (const frame of frames) {
      if (raw.destroyed) return;
      raw.write(frame);
      await untilDrained(raw);
    }
    raw.end();
  } finally {
    clearInterval(heartbeat);
  }
}

/** Counts an event stream against the limit of its viewer's credential, until the reply closes or the limit refuses it. */
export function holdSlot(
  limit: { take(holder: string): () => void },
  { viewer, signal }: Pick<RequestContext, "viewer" | "signal">,
): void {
  leaveOn(signal, limit.take(credentialOf(viewer)));
}

/** A reader that is slow holds up its own stream, and nothing piles up for it. */
export function untilDrained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}

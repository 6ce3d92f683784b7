import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import { credentialOf } from "../../auth/viewer.js";
import { leaveOn } from "../../lib/abortable.js";
import type { RequestContext } from "../context.js";

/** How often a quiet stream sends something, so that each side notices when the other one is gone. */
export const HEARTBEAT_MS = 12_000;

/**
 * Sends frames as server-sent events, as fast as the client takes them, and ends the response. The headers that were
 * set on the reply are sent too. If the client goes away, it reads no further frames. If `frames` throws, it rejects
 * and does not end the response, so `frames` should yield its errors.
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

/**
 * Takes a slot for an event stream of this viewer and gives it back when the reply closes. Throws RATE_LIMITED if no
 * slot is left.
 */
export function holdSlot(
  limit: { take(holder: string): () => void },
  { viewer, signal }: Pick<RequestContext, "viewer" | "signal">,
): void {
  leaveOn(signal, limit.take(credentialOf(viewer)));
}

/** Waits until the client has taken what was written, so that nothing piles up for a slow reader. */
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

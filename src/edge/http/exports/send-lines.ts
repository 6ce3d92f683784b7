import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

/**
 * Sends text, part by part. The next part is asked for when the client has taken the last one, so that memory does not grow
 * with the answer. If a part cannot be had, the connection is broken off, so that no client takes what it got for the whole.
 */
export function sendLines(reply: FastifyReply, type: string, parts: AsyncIterable<string>): FastifyReply {
  return reply.type(type).send(Readable.from(parts, { objectMode: true, highWaterMark: 1 }));
}

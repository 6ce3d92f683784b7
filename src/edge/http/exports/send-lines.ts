import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { Stall } from "../stall.js";

const STALL_CHECK_MS = 12_000;

/**
 * Sends text, part by part. The next part is asked for when the client has taken the last one, so that memory does not grow
 * with the answer. If a part cannot be had, the connection is broken off, so that no client takes what it got for the whole.
 * A client that takes nothing for a minute is left.
 */
export function sendLines(reply: FastifyReply, type: string, parts: AsyncIterable<string>): FastifyReply {
  const { raw } = reply;
  const stall = raw.socket && new Stall(raw.socket, STALL_CHECK_MS);
  const watch = setInterval(() => stall?.isOver() && raw.destroy(), STALL_CHECK_MS).unref();
  raw.once("close", () => clearInterval(watch));
  return reply.type(type).send(Readable.from(parts, { objectMode: true, highWaterMark: 1 }));
}

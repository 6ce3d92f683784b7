import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { Stall } from "./stall.js";

/** The type of an answer with one JSON value on each line. */
export const JSON_LINES = "application/x-ndjson";
const STALL_CHECK_MS = 12_000;

/**
 * Sends values as lines of JSON, part by part. The next part is asked for when the client has taken the last one, so that
 * memory does not grow with the answer. If a part cannot be had, the connection is broken off, so that no client takes what
 * it got for the whole. A client that takes nothing for a minute is left.
 */
export function sendJsonLines(reply: FastifyReply, parts: AsyncIterable<readonly unknown[]>): FastifyReply {
  const { raw } = reply;
  const stall = raw.socket && new Stall(raw.socket, STALL_CHECK_MS);
  const watch = setInterval(() => stall?.isOver() && raw.destroy(), STALL_CHECK_MS).unref();
  raw.once("close", () => clearInterval(watch));
  return reply.type(JSON_LINES).send(Readable.from(linesOf(parts), { objectMode: false }));
}

async function* linesOf(parts: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const values of parts) yield values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** Whether a client asks for lines of JSON, and not for anything else before. */
export const wantsJsonLines = (accept: string | undefined): boolean =>
  accept?.split(",", 1)[0]?.split(";", 1)[0]?.trim().toLowerCase() === JSON_LINES;

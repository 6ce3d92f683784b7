import type { FastifyReply } from "fastify";
import { sendLines } from "./send-lines.js";
import { wantsType } from "./wants-type.js";

/** The type of an answer with one JSON value on each line. */
export const JSON_LINES = "application/x-ndjson";

/** Sends values as lines of JSON, part by part. */
export const sendJsonLines = (reply: FastifyReply, parts: AsyncIterable<readonly unknown[]>): FastifyReply =>
  sendLines(reply, JSON_LINES, linesOf(parts));

async function* linesOf(parts: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const values of parts) yield values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** Whether the client would rather have lines of JSON than one JSON value. */
export const wantsJsonLines = (accept: string | undefined): boolean =>
  wantsType(accept, `${JSON_LINES}; charset=utf-8`);

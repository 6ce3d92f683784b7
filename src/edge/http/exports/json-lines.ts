import type { FastifyReply } from "fastify";
import { sendLines } from "./send-lines.js";

/** The type of an answer with one JSON value on each line. */
export const JSON_LINES = "application/x-ndjson";

/** Sends values as lines of JSON, part by part. */
export const sendJsonLines = (reply: FastifyReply, parts: AsyncIterable<readonly unknown[]>): FastifyReply =>
  sendLines(reply, JSON_LINES, linesOf(parts));

async function* linesOf(parts: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const values of parts) yield values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** Whether a client asks for lines of JSON, and not for anything else before. */
export const wantsJsonLines = (accept: string | undefined): boolean =>
  accept?.split(",", 1)[0]?.split(";", 1)[0]?.trim().toLowerCase() === JSON_LINES;

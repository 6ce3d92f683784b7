import type { FastifyReply } from "fastify";
import { sendLines } from "./send-lines.js";

/** The type of an answer with one JSON value on each line. */
export const JSON_LINES = "application/x-ndjson";

/** Sends rows as lines of JSON, batch by batch. `shape` makes of a row what is written. */
export const sendJsonLines = <Row>(
  reply: FastifyReply,
  shape: (row: Row) => unknown,
  batches: AsyncIterable<readonly Row[]>,
): FastifyReply => sendLines(reply, JSON_LINES, linesOf(shape, batches));

async function* linesOf<Row>(
  shape: (row: Row) => unknown,
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((row) => `${JSON.stringify(shape(row))}\n`).join("");
}

import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

/** `digits` are an exact decimal as it is to be written. */
type Cell = string | number | Date | { readonly digits: string } | null;
/** The names of the columns, in their order, and what stands in each of them. */
export type CsvColumns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

export const CSV_TYPE = "text/csv; charset=utf-8; header=present";
/** A spreadsheet takes a text that begins with one of these for a formula, and carries it out. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** Whether the client would rather have CSV than JSON. */
export const wantsCsv = (accept: string | undefined): boolean => /(^|,)\s*text\/csv\b/i.test(accept ?? "");

/**
 * Sends rows as CSV by RFC 4180, with a line of names first, as fast as the client takes them. If the rows throw, or the
 * client goes away, the answer is cut off, and no further row is read.
 */
export function sendCsv<Row>(
  reply: FastifyReply,
  columns: CsvColumns<Row>,
  rows: AsyncIterable<readonly Row[]>,
): FastifyReply {
  return reply.type(CSV_TYPE).send(Readable.from(linesOf(columns, rows), { objectMode: false }));
}

async function* linesOf<Row>(columns: CsvColumns<Row>, batches: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  const cells = Object.values(columns);
  yield lineOf(Object.keys(columns));
  for await (const batch of batches) yield batch.map((row) => lineOf(cells.map((cell) => cell(row)))).join("");
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(textOf).join(",")}\r\n`;

function textOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (typeof cell !== "string") return cell instanceof Date ? cell.toISOString() : cell.digits;
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

import type { FastifyReply } from "fastify";
import { sendLines } from "./send-lines.js";

/** `digits` are an exact decimal as it is to be written. */
type Cell = string | number | Date | { readonly digits: string } | null;
/** The names of the columns, in their order, and what stands in each of them. */
export type CsvColumns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

export const CSV_TYPE = "text/csv; charset=utf-8; header=present";
/** A spreadsheet takes a text that begins with one of these for a formula, and carries it out. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** Sends rows as CSV by RFC 4180, batch by batch, with a line of names first. */
export const sendCsv = <Row>(
  reply: FastifyReply,
  columns: CsvColumns<Row>,
  batches: AsyncIterable<readonly Row[]>,
): FastifyReply => sendLines(reply, CSV_TYPE, linesOf(columns, batches));

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

import { grouped } from "./figures.js";

/** A column of figures. */
interface Column {
  readonly key: string;
  readonly title: string;
  readonly digits: number;
}

export interface Row {
  /** What was measured, a text for each of the table's heads. */
  readonly labels: readonly string[];
  /** A figure that could not be had is null. */
  readonly figures: Readonly<Record<string, number | null>>;
}

export interface Table {
  readonly title: string;
  readonly heads: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** What a section found out. It is written to the results as it is. */
export interface Findings {
  /** How it was measured, in a few sentences. */
  readonly how: string;
  /** The same measure of two systems, one divided by the other. */
  readonly ratios: readonly Table[];
  readonly figures: readonly Table[];
  /** What could not be measured, and why. */
  readonly problems: readonly string[];
}

export const column = (key: string, title: string, digits = 0): Column => ({ key, title, digits });

/**
 * Returns a table of ratios: each pair's first row divided by its second. A ratio above 1 says that the first has more of
 * it, which is good for requests a second and bad for milliseconds.
 */
export function ratiosOf(
  title: string,
  heads: readonly string[],
  columns: readonly Column[],
  pairs: readonly { labels: readonly string[]; of: Row | undefined; to: Row | undefined }[],
): Table {
  const rows = pairs.flatMap(({ labels, of, to }) => {
    if (!of || !to) return [];
    const figures = columns.map(({ key }) => [key, divided(of.figures[key], to.figures[key])] as const);
    return [{ labels, figures: Object.fromEntries(figures) }];
  });
  const comparable = columns.filter(({ key }) => rows.some(({ figures }) => figures[key] !== null));
  return { title, heads, columns: comparable.map(({ key, title }) => column(key, title, 2)), rows };
}

function divided(of: number | null | undefined, to: number | null | undefined): number | null {
  return typeof of === "number" && typeof to === "number" && to > 0 ? of / to : null;
}

/** Returns the lines of a table for a terminal. */
export function textOf(table: Table): string {
  const lines = cellsOf(table);
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((cells) => (cells[at] ?? "").length)));
  const pad = (cell: string, at: number) =>
    at < table.heads.length ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  return [table.title, ...lines.map((cells) => `  ${cells.map(pad).join("   ")}`)].join("\n");
}

/** Returns the table in Markdown. */
export function markdownOf(table: Table): string {
  const [head = [], ...rows] = cellsOf(table).map((cells) => `| ${cells.join(" | ")} |`);
  const rule = `|${"---|".repeat(table.heads.length)}${"---:|".repeat(table.columns.length)}`;
  return [`**${table.title}**`, "", head, rule, ...rows].join("\n");
}

function cellsOf({ heads, columns, rows }: Table): string[][] {
  const figure = (value: number | null | undefined, digits: number) =>
    typeof value === "number" ? grouped(value, digits) : "-";
  return [
    [...heads, ...columns.map(({ title }) => title)],
    ...rows.map(({ labels, figures }) => [
      ...labels,
      ...columns.map(({ key, digits }) => figure(figures[key], digits)),
    ]),
  ];
}

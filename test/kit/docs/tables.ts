/** A row of a table in Markdown, by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** The rows of the first table after a line. */
export function tableAfter(text: string, line: string): Row[] {
  const [, after] = text.split(`\n${line}\n`);
  const table = /\|[\s\S]*?\n(?!\|)/.exec(after ?? "")?.[0];
  if (!table) throw new Error(`There is no table after "${line}".`);
  const [names = [], , ...rows] = table.trimEnd().split("\n").map(cellsOf);
  return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])));
}

const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

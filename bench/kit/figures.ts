import { cpus, loadavg } from "node:os";

/** Returns the value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** "lowest / median / highest" of the rounds. */
export function spread(values: readonly number[], digits = 1): string {
  return [Math.min(...values), median(values), Math.max(...values)].map((value) => grouped(value, digits)).join(" / ");
}

export function grouped(value: number, digits = 0): string {
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("   ")}`;
  console.log(line(head));
  for (const row of rows) console.log(line(row));
}

/** Describes the machine. The load average shows whether it does something else as well. */
export function machine(): string {
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(" ");
  return `${cpus().length} x ${cpus()[0]?.model ?? "CPU"}, node ${process.version}, load average ${load}`;
}

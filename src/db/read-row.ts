import type { Columns } from "./column-type.js";
import { fieldNameOf } from "./field-names.js";

/** Makes the values of a row from what the database sent: the columns under their field names, in their declared types. */
export function readRow(row: Readonly<Record<string, unknown>>, columns: Columns): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const column in row) {
    const field = fieldNameOf(column);
    const value = row[column];
    result[field] = typeof value === "bigint" && columns[field]?.startsWith("safeint") ? Number(value) : value;
  }
  return result;
}

import type { Columns, ValuesOf } from "../column-type.js";
import { columnOf } from "../field-names.js";

/** A row as the database's driver gives it: the values of columns, by the names of the columns. */
export type DriverRow = Readonly<Record<string, unknown>>;

type Reader = (row: DriverRow) => Record<string, unknown>;

const readers = new WeakMap<Columns, Reader>();

/** Makes the values of a row from what the database sent: the declared columns under their field names, in their types. */
export function readRow<Row extends Columns>(row: DriverRow, columns: Row): ValuesOf<Row> {
  const reader = readers.get(columns) ?? readerOf(columns);
  readers.set(columns, reader);
  return reader(row) as ValuesOf<Row>;
}

function readerOf(columns: Columns): Reader {
  const fields = Object.entries(columns).map(([field, type]) => ({
    field,
    column: columnOf(field),
    isSafeInteger: type.startsWith("safeint"),
  }));
  return (row) => {
    const result: Record<string, unknown> = {};
    for (const { field, column, isSafeInteger } of fields) {
      const value = row[column];
      result[field] = isSafeInteger && typeof value === "bigint" ? Number(value) : value;
    }
    return result;
  };
}
